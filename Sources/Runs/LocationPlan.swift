import Catalog
import Settings

/// Location groups with their ids, found by the names in the settings.
struct LocationPlan: Sendable {
    let name: String
    let source: [ResourceID]
    let destination: ResourceID
    let buffer: Int

    /// Finds the locations of every group.
    ///
    /// Without groups there is one: all active locations of the source to the destination's only active one that is not a
    /// fulfillment service's.
    ///
    /// - Throws: ``RunError/settings(_:)`` for an unknown, inactive or ambiguous location, naming those there are.
    static func groups(
        of settings: DestinationSettings,
        source: StoreIdentity,
        destination: StoreIdentity
    ) throws(RunError) -> [LocationPlan] {
        guard settings.locationGroups.isEmpty else {
            var plans: [LocationPlan] = []
            for group in settings.locationGroups {
                var from: [ResourceID] = []
                for name in group.source { from.append(try find(name, at: source, for: group)) }
                plans.append(
                    LocationPlan(
                        name: group.name,
                        source: from,
                        destination: try find(group.destination, at: destination, for: group),
                        buffer: group.buffer
                    )
                )
            }
            return plans
        }
        let candidates = destination.locations.filter { $0.isActive && !$0.isFulfillmentService }
        guard let only = candidates.first, candidates.count == 1 else {
            throw .settings(
                "\(destination.domain) has \(candidates.count) active locations "
                    + "(\(candidates.map(\.name).joined(separator: ", "))): name the one that shows the source's stock under "
                    + "location_groups"
            )
        }
        let from = source.locations.filter(\.isActive).map(\.id)
        return [LocationPlan(name: "all", source: from, destination: only.id, buffer: 0)]
    }

    private static func find(
        _ name: String,
        at store: StoreIdentity,
        for group: LocationGroup
    ) throws(RunError) -> ResourceID {
        let found = store.locations.filter { $0.name.utf8.elementsEqual(name.utf8) }
        guard let location = found.first, found.count == 1 else {
            throw .settings(
                "location group \(group.name): \(store.domain) has \(found.isEmpty ? "no" : "more than one") location "
                    + "\"\(name)\"; it has: \(store.locations.map(\.name).joined(separator: ", "))"
            )
        }
        guard location.isActive else {
            throw .settings("location group \(group.name): the location \"\(name)\" of \(store.domain) is not active")
        }
        return location.id
    }
}
