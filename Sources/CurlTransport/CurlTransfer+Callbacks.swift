import CLibcurl
import Glibc
import Transport

extension CurlTransfer {
    /// Has libcurl call this object back.
    ///
    /// libcurl keeps an unretained pointer: `CurlTransfers` holds the object until the handle has left the multi handle,
    /// and libcurl calls back only from within calls on that multi handle.
    func setCallbacks() throws(HTTPError) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_XFERINFODATA, CURLOPT_OPENSOCKETDATA,
            CURLOPT_PREREQDATA,
        ] {
            try check(synctec_curl_set_pointer(handle, option, context))
        }
        try check(synctec_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText))
        try check(synctec_curl_set_write(handle, CURLOPT_WRITEFUNCTION, writeCallback))
        try check(synctec_curl_set_write(handle, CURLOPT_HEADERFUNCTION, headerCallback))
        try check(synctec_curl_set_read(handle, readCallback))
        try check(synctec_curl_set_long(handle, CURLOPT_NOPROGRESS, 0))
        try check(synctec_curl_set_progress(handle, progressCallback))
        try check(synctec_curl_set_open_socket(handle, openSocketCallback))
        try check(synctec_curl_set_prerequest(handle, prerequestCallback))
    }

    fileprivate static func from(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// Anything but the count given tells libcurl to give up.
private let writeCallback: curl_write_callback = { bytes, size, count, context in
    guard let transfer = CurlTransfer.from(context) else { return 0 }
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.receive(piece) || piece.isEmpty ? piece.count : 0
}

private let headerCallback: curl_write_callback = { bytes, size, count, context in
    guard let transfer = CurlTransfer.from(context) else { return 0 }
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.receiveHeader(line) ? line.count : 0
}

private let readCallback: curl_read_callback = { bytes, size, count, context in
    let space = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
    return CurlTransfer.from(context)?.send(into: space) ?? Int(CURL_READFUNC_ABORT)
}

private let progressCallback: curl_xferinfo_callback = { context, _, down, _, up in
    CurlTransfer.from(context)?.note(down: Int(down), up: Int(up))
    return 0
}

/// Judges the address after the name was resolved and before a byte goes there (FAULTS HI-1).
private let openSocketCallback: curl_opensocket_callback = { context, _, address in
    guard let transfer = CurlTransfer.from(context), let address else { return CURL_SOCKET_BAD }
    guard transfer.usesProxy || IPAddress(address).map(transfer.job.target.allows) ?? false else {
        transfer.refusesAddress = true
        return CURL_SOCKET_BAD
    }
    let kind = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
    return socket(address.pointee.family, kind, address.pointee.protocol)
}

/// The last word before the request goes out, over a kept connection too.
private let prerequestCallback: curl_prereq_callback = { context, peer, _, _, _ in
    let address = peer.flatMap { IPAddress(String(cString: $0)) }
    let isAdmitted = CurlTransfer.from(context)?.admit(peer: address) ?? false
    return isAdmitted ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
