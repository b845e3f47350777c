import Foundation
import Glibc
import TextFiles

extension Failure {
    init(file error: FileError) {
        let code: ExitCode =
            switch error.category {
            case .cannotCreate: .cannotCreateReport
            case .inputOutput: .cannotWriteReport
            case .permission: .permission
            case .host: .invariantBroken
            }
        let elsewhere = "name another folder with --reports"
        let hint: String =
            switch error {
            case .folderExists(let path), .planted(let path, _):
                "look at it with: ls -la \(path.shellWord); remove what stands there, or \(elsewhere)"
            case .cannotCreate(let path, let code), .notPermitted(let path, let code), .inputOutput(let path, let code):
                Self.remedy(path, code, elsewhere: elsewhere)
            case .diskFull: "make room, then the same command again"
            case .digestIsUnavailable: "keep the database as it is and report this"
            }
        self.init(code, "\(error)", hint: hint)
    }

    /// What mends that a file or folder could not be made or written, by the system's reason.
    package static func remedy(_ path: String, _ code: Int32, elsewhere: String) -> String {
        let folder = existingFolder(above: path)
        switch code {
        case ENOENT:
            let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
            let wanted = parent == folder ? path : parent
            return "make the folder: mkdir -p \(wanted.shellWord); or \(elsewhere)"
        case ENOTDIR, EEXIST, EISDIR, ELOOP:
            let there = existingEntry(at: path)
            return "look at it with: ls -la \(there.shellWord); remove what stands there, or \(elsewhere)"
        case EROFS:
            return
                "the file system of \(folder.shellWord) is mounted for reading only: have it mounted for writing, or "
                + elsewhere
        case EACCES, EPERM:
            return "look at it with: ls -ld \(folder.shellWord); mend owner and mode, or \(elsewhere)"
        case ENOSPC, EDQUOT, EFBIG: return "make room, or \(elsewhere), then the same command again"
        default: return "look at it with: ls -ld \(folder.shellWord); then the same command again, or \(elsewhere)"
        }
    }

    /// The nearest folder above a path that is there.
    private static func existingFolder(above path: String) -> String {
        var url = URL(fileURLWithPath: path).deletingLastPathComponent()
        var isFolder: ObjCBool = false
        while url.path != "/",
            !(unsafe FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue)
        {
            url.deleteLastPathComponent()
        }
        return url.path
    }

    /// The path, or the part of it that is there and stands in its way.
    private static func existingEntry(at path: String) -> String {
        var url = URL(fileURLWithPath: path)
        var status = stat()
        while url.path != "/", unsafe lstat(url.path, &status) != 0 { url.deleteLastPathComponent() }
        return url.path
    }
}
