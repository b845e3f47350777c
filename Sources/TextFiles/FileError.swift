import Glibc

/// Why a file or folder could not be made, read or written.
package enum FileError: Error, Equatable {
    /// A folder that is to be made exists already.
    case folderExists(path: String)
    /// Something that is no plain folder or file stands where one is to be written; it was not followed or touched.
    case planted(path: String, found: FileKind)
    /// The file system refused to create, rename or remove.
    case cannotCreate(path: String, errno: Int32)
    /// A read, write, fsync or close failed.
    case inputOutput(path: String, errno: Int32)
    /// No space, no quota or no larger file allowed.
    case diskFull(path: String, errno: Int32)
    /// The process may not write there, or the file system is read-only.
    case notPermitted(path: String, errno: Int32)
    /// libcrypto gives no SHA-256.
    case digestIsUnavailable

    /// What an exit code is chosen by.
    package enum Category: Sendable {
        /// The output cannot be created (sysexits 73).
        case cannotCreate
        /// Writing failed or the disk is full (sysexits 74).
        case inputOutput
        /// Not allowed (sysexits 77).
        case permission
        /// The host lacks what every file needs (sysexits 70).
        case host
    }

    package var category: Category {
        switch self {
        case .folderExists, .planted, .cannotCreate: .cannotCreate
        case .inputOutput, .diskFull: .inputOutput
        case .notPermitted: .permission
        case .digestIsUnavailable: .host
        }
    }

    /// What it is about on the disk; nil where it is about the host.
    package var path: String? {
        switch self {
        case .folderExists(let path), .planted(let path, _), .cannotCreate(let path, _), .inputOutput(let path, _),
            .diskFull(let path, _), .notPermitted(let path, _):
            path
        case .digestIsUnavailable: nil
        }
    }
}

/// What stands at a name in a folder.
package enum FileKind: String, Sendable {
    case folder, file, symbolicLink = "symbolic link", pipe = "named pipe", other = "special file"
}

extension FileError {
    /// The error for an errno; `creating` tells a refused creation from a failed write.
    package static func system(_ path: String, creating: Bool, code: Int32 = errno) -> FileError {
        switch code {
        case ENOSPC, EDQUOT, EFBIG: .diskFull(path: path, errno: code)
        case EACCES, EPERM, EROFS: .notPermitted(path: path, errno: code)
        case EIO: .inputOutput(path: path, errno: code)
        default: creating ? .cannotCreate(path: path, errno: code) : .inputOutput(path: path, errno: code)
        }
    }
}

extension FileError: CustomStringConvertible {
    /// Lower case, no full stop: what, where, which value.
    package var description: String {
        switch self {
        case .folderExists(let path): "folder \(path) exists already"
        case .planted(let path, let found): "\(path) is a \(found.rawValue) and was left alone"
        case .cannotCreate(let path, let code): "cannot make or open \(path): \(systemText(code))"
        case .inputOutput(let path, let code): "cannot write \(path): \(systemText(code))"
        case .diskFull(let path, _): "no space left for \(path)"
        case .notPermitted(let path, let code): "not permitted to write \(path): \(systemText(code))"
        case .digestIsUnavailable: "libcrypto gives no sha-256"
        }
    }
}
