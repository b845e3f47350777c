import Foundation

/// What an errno means, in the system's words, such as `no such file or directory`.
package func systemText(_ code: Int32) -> String {
    let text = unsafe String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
}

/// The errno of one of Foundation's errors in the system's words; nil where none is behind it.
package func systemText(_ error: any Error) -> String? {
    let error = error as NSError
    let cause = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? error
    guard cause.domain == NSPOSIXErrorDomain, let code = Int32(exactly: cause.code) else { return nil }
    return systemText(code)
}
