import SystemdNotify
import Testing

struct NotifySocketTests {
    @Test(arguments: [false, true])
    func `a manager hears what the service tells it, by path or abstract name`(abstract: Bool) throws {
        let manager = try Listener(abstract: abstract)
        let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": manager.name]))
        #expect(socket.tell([.ready, .status("lumen-home writing 3 of 12")]))
        #expect(manager.text == "READY=1\nSTATUS=lumen-home writing 3 of 12")
        #expect(socket.tell([.stopping]))
        #expect(manager.text == "STOPPING=1")
    }

    // HI-5
    @Test(arguments: ["a\nREADY=1", "a\rREADY=1", "a\u{0}READY=1", "a\u{85}READY=1"])
    func `a status is one line, whatever is in it`(text: String) throws {
        let manager = try Listener()
        let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": manager.name]))
        socket.tell([.status(text)])
        #expect(manager.text == "STATUS=a READY=1")
    }

    @Test(arguments: [
        [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "run/notify"], ["NOTIFY_SOCKET": "@"],
        ["NOTIFY_SOCKET": "vsock:2:1234"], ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 120)],
    ])
    func `without a socket there is nobody to tell`(environment: [String: String]) {
        #expect(NotifySocket(environment: environment) == nil)
    }

    @Test
    func `a manager that is gone, or reads nothing, stops nobody`() throws {
        let gone = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": "/tmp/synctec-no-such-socket"]))
        #expect(!gone.tell([.ready]))
        let deaf = try Listener()
        let socket = try #require(NotifySocket(environment: ["NOTIFY_SOCKET": deaf.name]))
        var taken = 0
        while taken < 1_000_000, socket.tell([.status(String(repeating: "x", count: 1000))]) { taken += 1 }
        #expect(taken < 1_000_000)
    }
}
