import Glibc

/// A folder by its open handle: everything inside is named relative to it, one path component a call, and no symbolic
/// link is ever followed.
package struct DirectoryHandle: ~Copyable {
    /// For messages only.
    package let path: String
    fileprivate let descriptor: Int32

    /// Opens `path` itself, which the operator names; links in it are followed.
    package init(opening path: String) throws(FileError) {
        let descriptor = retryingInterrupted { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw .system(path, creating: true) }
        self.init(path: path, descriptor: descriptor)
    }

    fileprivate init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// The path of a name in the folder, for messages.
    package func path(of name: String) -> String { "\(path)/\(name)" }

    /// What stands at `name`; nil if nothing does. A link is reported as a link.
    package func kind(of name: String) throws(FileError) -> FileKind? {
        var status = stat()
        guard unsafe fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            if errno == ENOENT { return nil }
            throw .system(path(of: name), creating: true)
        }
        return switch status.st_mode & S_IFMT {
        case S_IFDIR: .folder
        case S_IFREG: .file
        case S_IFLNK: .symbolicLink
        case S_IFIFO: .pipe
        default: .other
        }
    }

    /// Refuses anything at `name` that is not a folder.
    package func requireFolderOrNothing(at name: String) throws(FileError) -> Bool {
        guard let found = try kind(of: name) else { return false }
        guard found == .folder else { throw .planted(path: path(of: name), found: found) }
        return true
    }

    /// Makes a folder of mode 0750 less the umask; returns false if one exists already.
    @discardableResult
    package func makeFolder(_ name: String) throws(FileError) -> Bool {
        guard unsafe mkdirat(descriptor, name, 0o750) != 0 else { return true }
        guard errno == EEXIST else { throw .system(path(of: name), creating: true) }
        _ = try requireFolderOrNothing(at: name)
        return false
    }

    /// Opens the folder `name`; a link or anything else is refused.
    package func openFolder(_ name: String) throws(FileError) -> DirectoryHandle {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = retryingInterrupted { unsafe openat(descriptor, name, flags) }
        guard opened >= 0 else {
            let code = errno
            _ = try requireFolderOrNothing(at: name)
            throw .system(path(of: name), creating: true, code: code)
        }
        return DirectoryHandle(path: path(of: name), descriptor: opened)
    }

    /// Creates and opens a file that does not exist yet, of mode 0640 less the umask.
    package func createFile(_ name: String) throws(FileError) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let opened = retryingInterrupted { unsafe openat(descriptor, name, flags, 0o640) }
        guard opened >= 0 else {
            let code = errno
            if code == EEXIST || code == ELOOP, let found = try kind(of: name) {
                throw .planted(path: path(of: name), found: found)
            }
            throw .system(path(of: name), creating: true, code: code)
        }
        return opened
    }

    /// Opens a plain file for reading; never waits for a writer and never follows a link.
    package func openFile(_ name: String) throws(FileError) -> Int32 {
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        let opened = retryingInterrupted { unsafe openat(descriptor, name, flags) }
        guard opened >= 0 else { throw .system(path(of: name), creating: false) }
        return opened
    }

    /// Makes what was created, renamed and removed in this folder survive a crash.
    package func synchronize() throws(FileError) {
        guard retryingInterrupted({ fsync(descriptor) }) == 0 else { throw .system(path, creating: false) }
    }

    /// Gives what stands at `name` another name in the same folder, in one step; what stood there is replaced.
    package func rename(_ name: String, to newName: String) throws(FileError) {
        guard unsafe renameat(descriptor, name, descriptor, newName) == 0 else {
            throw .system(path(of: newName), creating: true)
        }
    }

    /// Makes a symbolic link; nothing may stand at `name`.
    package func link(_ name: String, to target: String) throws(FileError) {
        guard unsafe symlinkat(target, descriptor, name) == 0 else { throw .system(path(of: name), creating: true) }
    }

    /// Gives a plain file of another folder the same name here: a hard link, or a copy where the file system makes
    /// none. A copy is on the disk when this returns; a name is once the folder is synchronized.
    package func share(_ name: String, of other: borrowing DirectoryHandle) throws(FileError) {
        guard try other.kind(of: name) == .file else { throw .cannotCreate(path: other.path(of: name), errno: ENOENT) }
        if unsafe linkat(other.descriptor, name, descriptor, name, 0) == 0 { return }
        let code = errno
        guard [EPERM, EOPNOTSUPP, EXDEV, EMLINK].contains(code) else {
            throw .system(path(of: name), creating: true, code: code)
        }
        let source = OpenFile(descriptor: try other.openFile(name))
        var copy = try OutputFile(name, in: self)
        var buffer = [UInt8](repeating: 0, count: OutputFile.bufferSize)
        while true {
            let count = try source.read(into: &buffer, other.path(of: name))
            if count == 0 { break }
            try copy.write(Array(buffer[..<count]))
        }
        _ = try copy.finish()
    }

    /// Another handle of the same folder.
    package func reopened() throws(FileError) -> DirectoryHandle {
        let own = retryingInterrupted { unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard own >= 0 else { throw .system(path, creating: false) }
        return DirectoryHandle(path: path, descriptor: own)
    }

    /// Removes a file, link or pipe: the name itself, never what a link leads to.
    package func remove(_ name: String) throws(FileError) {
        guard unsafe unlinkat(descriptor, name, 0) == 0 else { throw .system(path(of: name), creating: true) }
    }

    /// Removes the folder `name` with the files in it; a folder inside must be empty.
    package func removeFolder(_ name: String) throws(FileError) {
        let folder = try openFolder(name)
        for entry in try folder.names() {
            if try folder.kind(of: entry) == .folder {
                guard unsafe unlinkat(folder.descriptor, entry, AT_REMOVEDIR) == 0 else {
                    throw .system(folder.path(of: entry), creating: true)
                }
            } else {
                try folder.remove(entry)
            }
        }
        guard unsafe unlinkat(descriptor, name, AT_REMOVEDIR) == 0 else {
            throw .system(path(of: name), creating: true)
        }
    }

    /// The names in the folder but for `.` and `..`, in the order of their bytes.
    package func names() throws(FileError) -> [String] {
        // A handle of its own: reading moves a position that copies of a descriptor would share.
        let own = retryingInterrupted { unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard own >= 0 else { throw .system(path, creating: false) }
        guard let stream = unsafe fdopendir(own) else {
            close(own)
            throw .system(path, creating: false)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .system(path, creating: false) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}

/// Calls again while a signal interrupts the call.
func retryingInterrupted(_ call: () -> Int32) -> Int32 {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}
