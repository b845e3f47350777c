import Foundation
import Glibc

extension ServerUser {
    /// The user for a server started by this process: postgres for root, else the process's own.
    static func current() throws(PrivateClusterError) -> ServerUser {
        guard geteuid() == 0 else { return .caller }
        guard let entry = unsafe getpwnam("postgres") else { throw .noServerUser }
        return unsafe .named("postgres", uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid)
    }

    /// The name of another user than the caller.
    var name: String? {
        switch self {
        case .caller: nil
        case .named(let name, _, _): name
        }
    }

    var uid: UInt32 {
        switch self {
        case .caller: geteuid()
        case .named(_, let uid, _): uid
        }
    }

    /// Gives a file or folder to the server's user.
    func own(_ path: String) throws(PrivateClusterError) {
        guard case .named(_, let uid, let gid) = self else { return }
        guard unsafe lchown(path, uid, gid) == 0 else { throw .system(call: "chown", path: path, code: errno) }
    }
}

/// The name of the user of this process, for the peer map.
func nameOfCaller() throws(PrivateClusterError) -> String {
    guard let entry = unsafe getpwuid(geteuid()), let name = unsafe entry.pointee.pw_name else {
        throw .system(call: "getpwuid", path: String(geteuid()), code: errno)
    }
    return unsafe String(cString: name)
}

func errorText(_ code: Int32) -> String {
    let text = unsafe String(cString: strerror(code))
    return text.prefix(1).lowercased() + text.dropFirst()
}

/// Makes a folder for its owner alone, or finds it as one.
/// - Throws: `unsafeFolder` if what is there is a link, another user's, or open to others.
func makePrivateFolder(_ path: String, for user: ServerUser) throws(PrivateClusterError) {
    if unsafe mkdir(path, 0o700) == 0 {
        try user.own(path)
        return
    }
    guard errno == EEXIST else { throw .system(call: "mkdir", path: path, code: errno) }
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { throw .system(call: "lstat", path: path, code: errno) }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    guard isFolder, status.st_uid == user.uid || status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
        throw .unsafeFolder(path)
    }
    try user.own(path)
    guard unsafe chmod(path, 0o700) == 0 else { throw .system(call: "chmod", path: path, code: errno) }
}

/// A short name for a path that is the same in every process (FNV-1a, 64 bits).
func shortName(of path: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 36)
}
