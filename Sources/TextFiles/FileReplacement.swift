import Glibc

/// A file that takes the place of another in one step, so that a reader sees the old one or the new one, whole.
package enum FileReplacement {
    /// What the file system refused; the file that stood there is as it was.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        /// How far it came.
        package enum Step: String, Sendable {
            case make = "made", write = "written", rename = "put in its place"
        }

        package let step: Step
        package let errno: Int32
        /// What the file system refused to make, write or rename: the path, or the file beside it.
        package let path: String

        package var description: String { "\(path) cannot be \(step.rawValue): \(systemText(errno))" }
    }

    /// Writes `bytes` aside, of mode 0644 less the umask, waits until the disk has them, and gives them the name.
    ///
    /// What stands at `path` is replaced whatever it is: the caller looks before.
    package static func write(_ bytes: [UInt8], to path: String) throws(Fault) {
        let aside = "\(path).\(getpid()).new"
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = retryingInterrupted { unsafe open(aside, flags, 0o644) }
        // What stands beside it was made by somebody else, and stays.
        guard descriptor >= 0 else { throw Fault(step: .make, errno: errno, path: errno == EEXIST ? aside : path) }
        do {
            let file = OpenFile(descriptor: descriptor)
            try file.write(bytes, aside)
            try file.finish(aside)
        } catch {
            throw fault(.write, aside, error.code, path)
        }
        guard unsafe rename(aside, path) == 0 else { throw fault(.rename, aside, errno, path) }
    }

    /// The fault, with what was begun taken away.
    private static func fault(_ step: Fault.Step, _ aside: String, _ code: Int32, _ path: String) -> Fault {
        _ = unsafe unlink(aside)
        return Fault(step: step, errno: code, path: path)
    }
}

extension FileError {
    /// The errno behind it.
    fileprivate var code: Int32 {
        switch self {
        case .cannotCreate(_, let code), .inputOutput(_, let code), .notPermitted(_, let code),
            .diskFull(_, let code):
            code
        case .folderExists, .planted, .digestIsUnavailable: EIO
        }
    }
}
