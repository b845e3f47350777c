import Foundation
import TextFiles

/// The system's words for an error of Foundation.
func systemText(_ error: any Error) -> String {
    let error = error as NSError
    let cause = (error.userInfo[NSUnderlyingErrorKey] as? any Error).map { $0 as NSError } ?? error
    guard cause.domain == NSPOSIXErrorDomain, let code = Int32(exactly: cause.code) else {
        return error.localizedDescription
    }
    return systemText(code)
}
