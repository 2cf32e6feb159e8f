/// Lets in so many at a time, in the order they came.
actor Turnstile {
    private var places: Int
    private var taken = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int) {
        self.places = places
    }

    /// Waits for a place.
    ///
    /// Whoever entered must ``leave()``, also after a failure.
    ///
    /// Cancellation does not end the wait: each place is held no longer than one bounded exchange.
    func enter() async {
        if taken < places && waiting.isEmpty {
            taken += 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// Gives the place to the next.
    func leave() {
        taken -= 1
        admit()
    }

    /// Changes how many places there are; those inside stay.
    func setPlaces(_ places: Int) {
        self.places = max(1, places)
        admit()
    }

    private func admit() {
        while taken < places, !waiting.isEmpty {
            taken += 1
            waiting.removeFirst().resume()
        }
    }
}
