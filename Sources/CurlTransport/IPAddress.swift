import CLibcurl
import Glibc

/// An address of the internet, as its 4 or 16 bytes.
struct IPAddress: Equatable, Sendable {
    let bytes: [UInt8]

    /// Reads the one ordinary spelling: dotted decimal, or IPv6 without brackets and zone.
    init?(_ text: String) {
        var four = in_addr()
        var sixteen = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: four) { Array($0) }
        } else if inet_pton(AF_INET6, text, &sixteen) == 1 {
            bytes = withUnsafeBytes(of: sixteen) { Array($0) }
        } else {
            return nil
        }
    }

    /// The address libcurl is about to connect to; nil for a family that is neither IPv4 nor IPv6.
    init?(_ address: UnsafePointer<curl_sockaddr>) {
        guard let start = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else { return nil }
        // The structure ends in a `sockaddr` that stands for a longer one: read by offset, never by copying the field.
        let socketAddress = UnsafeRawPointer(address).advanced(by: start)
        let place: (offset: Int, count: Int)
        switch address.pointee.family {
        case AF_INET: place = (4, 4)
        case AF_INET6: place = (8, 16)
        default: return nil
        }
        guard Int(address.pointee.addrlen) >= place.offset + place.count else { return nil }
        bytes = Array(UnsafeRawBufferPointer(start: socketAddress + place.offset, count: place.count))
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether it is this machine: 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1
    }

    /// Whether it belongs to the public internet, by the IANA special-purpose address registries (RFC 6890).
    var isPublic: Bool {
        if bytes.count == 4 { return !AddressBlock.notPublic.contains { $0.contains(self) } }
        if AddressBlock.translated.contains(self) { return IPAddress(bytes: Array(bytes.suffix(4))).isPublic }
        return AddressBlock.globalUnicast.contains(self)
            && !AddressBlock.notPublicUnicast.contains { $0.contains(self) }
    }
}

/// Addresses that begin with the same bits.
struct AddressBlock: Equatable, Sendable {
    private let start: [UInt8]
    private let bits: Int

    /// The block of `bits` leading bits of `start`.
    private init(_ start: [UInt8], _ bits: Int) {
        self.start = start
        self.bits = bits
    }

    /// Reads `10.0.0.0/8` or a single address.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
        let all = address.bytes.count * 8
        guard let bits = parts.count == 2 ? Int(parts[1]) : all, (0...all).contains(bits) else { return nil }
        self.init(address.bytes, bits)
    }

    /// Whether the address, of the block's own family, lies in the block.
    func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count * 8 >= bits else { return false }
        return (0..<bits).allSatisfy { bit in
            let mask: UInt8 = 0x80 >> (bit % 8)
            let expected = bit / 8 < start.count ? start[bit / 8] : 0
            return expected & mask == address.bytes[bit / 8] & mask
        }
    }

    /// Whether it is a block of addresses of the same length as `address`.
    func isSameFamily(as address: IPAddress) -> Bool {
        start.count == address.bytes.count
    }

    /// IPv4 that is not of the public internet.
    static let notPublic: [AddressBlock] = [
        AddressBlock([0], 8),  // this network
        AddressBlock([10], 8),  // private
        AddressBlock([100, 64], 10),  // shared by carriers
        AddressBlock([127], 8),  // loopback
        AddressBlock([169, 254], 16),  // link-local, cloud metadata
        AddressBlock([172, 16], 12),  // private
        AddressBlock([192, 0, 0], 24),  // protocol assignments
        AddressBlock([192, 0, 2], 24),  // documentation
        AddressBlock([192, 88, 99], 24),  // 6to4 relays
        AddressBlock([192, 168], 16),  // private
        AddressBlock([198, 18], 15),  // benchmarks
        AddressBlock([198, 51, 100], 24),  // documentation
        AddressBlock([203, 0, 113], 24),  // documentation
        AddressBlock([224], 4),  // multicast
        AddressBlock([240], 4),  // reserved, broadcast
    ]

    /// All of IPv6 that is given out for the public internet; everything else is not.
    static let globalUnicast = AddressBlock([0x20], 3)

    /// Parts of ``globalUnicast`` that are not public, or hide an IPv4 address.
    static let notPublicUnicast: [AddressBlock] = [
        AddressBlock([0x20, 0x01, 0x00], 23),  // protocol assignments, Teredo
        AddressBlock([0x20, 0x01, 0x0D, 0xB8], 32),  // documentation
        AddressBlock([0x20, 0x02], 16),  // 6to4
        AddressBlock([0x3F, 0xFF, 0x00], 20),  // documentation
    ]

    /// IPv4 as seen from an IPv6-only network (RFC 6052): as public as the IPv4 address at its end.
    static let translated = AddressBlock([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96)
}
