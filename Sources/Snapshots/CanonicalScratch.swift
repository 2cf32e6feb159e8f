import CSimdjson
import Foundation

/// Puts texts into canonical form, in memory that is used again for the next text.
///
/// What comes back points into the text itself or into the scratch, and is valid until the next call.
final class CanonicalScratch {
    private let first = ByteScratch()
    private let second = ByteScratch()

    private let takesStretches: Bool

    /// Tests have HTML looked at sign by sign, to hold that against the way that takes stretches of it at once.
    init(takesStretches: Bool = true) {
        self.takesStretches = takesStretches
    }

    /// The canonical bytes of a text.
    func canonical(_ text: UnsafeBufferPointer<UInt8>, form: CanonicalForm) -> UnsafeBufferPointer<UInt8> {
        switch form {
        case .exact: text
        case .text: plain(text)
        case .html: html(text)
        case .code: plain(text.trimmed)
        case .country: upperCase(text.trimmed)
        case .tags: lowerCase(text.trimmed)
        }
    }

    private func html(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var writer = HTMLCanonicalizer(text, into: first, takesStretches: takesStretches)
        writer.run()
        return composed(first.buffer)
    }

    private func plain(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let start = text.baseAddress, !csj_is_plain(start, text.count) else { return text }
        guard memchr(start, 0x0D, text.count) != nil else { return composed(text) }
        first.restart(reserving: text.count)
        for place in 0..<text.count {
            let byte = text[place]
            if byte == 0x0D {
                // CRLF is one line end, and so is a CR alone.
                if place + 1 < text.count, text[place + 1] == 0x0A { continue }
                first.append(0x0A)
            } else {
                first.append(byte)
            }
        }
        return composed(first.buffer)
    }

    private func composed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard text.mayBeDecomposed else { return text }
        return keep(String(decoding: text, as: UTF8.self).precomposedStringWithCanonicalMapping)
    }

    private func lowerCase(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        if text.allSatisfy({ $0 < 0x80 && !(0x41...0x5A).contains($0) }) { return text }
        second.restart(reserving: text.count)
        for byte in text {
            guard byte < 0x80 else {
                let composed = String(decoding: text, as: UTF8.self).precomposedStringWithCanonicalMapping
                return keep(composed.lowercased().precomposedStringWithCanonicalMapping)
            }
            second.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
        }
        return second.buffer
    }

    private func upperCase(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        second.restart(reserving: text.count)
        for byte in text {
            second.append((0x61...0x7A).contains(byte) ? byte & ~0x20 : byte)
        }
        return second.buffer
    }

    private func keep(_ text: String) -> UnsafeBufferPointer<UInt8> {
        var text = text
        text.withUTF8 { bytes in
            second.restart(reserving: bytes.count)
            if let start = bytes.baseAddress { second.append(start, bytes.count) }
        }
        return second.buffer
    }
}

extension CanonicalForm {
    /// The canonical text of one value, for explanations and tests; of one tag for ``tags``.
    public static func canonicalText(_ text: String, form: CanonicalForm) -> String {
        canonicalText(text, form: form, takesStretches: true)
    }

    /// As the public one; for tests also sign by sign.
    package static func canonicalText(_ text: String, form: CanonicalForm, takesStretches: Bool) -> String {
        var text = text
        let scratch = CanonicalScratch(takesStretches: takesStretches)
        return text.withUTF8 { String(decoding: scratch.canonical($0, form: form), as: UTF8.self) }
    }
}
