import Digests
import TextFiles

/// The folder of an archive while it is built: nothing of it is visible under its name until it is sealed.
///
/// Files are written into `.building-NAME` beside it, each synchronized and hashed; then the folder is renamed. What a
/// killed build has left is removed by the next one.
package struct ArchiveFolder: ~Copyable {
    /// The name of the file that lists the others.
    package static let manifestName = "manifest.json"

    private let parent: DirectoryHandle
    private let building: DirectoryHandle
    private let name: String
    private var buildingName: String { ".building-\(name)" }

    /// Starts to build at a path whose parent must exist.
    package init(at path: String) throws(FileError) {
        let location = Self.location(of: path)
        let parent = try DirectoryHandle(opening: location.parent)
        let temporary = ".building-\(location.name)"
        if try parent.requireFolderOrNothing(at: temporary) { try parent.removeFolder(temporary) }
        try parent.makeFolder(temporary)
        let building = try parent.openFolder(temporary)
        self.parent = parent
        self.building = building
        name = location.name
    }

    /// Whether something stands at the path already.
    package func isTaken() throws(FileError) -> Bool { try parent.kind(of: name) != nil }

    /// Writes one file from what `fill` appends. Returns its bytes and their digest, once the disk has it all.
    package func write(
        _ file: String, _ fill: (inout ArchiveFileWriter) throws -> Void
    ) throws -> (byteCount: Int64, digest: SHA256Digest) {
        var writer = ArchiveFileWriter(output: try OutputFile(file, in: building))
        try fill(&writer)
        return try writer.finish()
    }

    /// Reads a file of the folder under construction back, as `ArchiveFolder.read` does.
    package func readBack(_ file: String, _ body: ([UInt8]) throws -> Void) throws -> SHA256Digest {
        try Self.read(file, in: building, body)
    }

    /// Gives the folder its name, durably.
    package consuming func seal() throws(FileError) {
        try building.synchronize()
        try parent.rename(buildingName, to: name)
        try parent.synchronize()
    }

    /// Gives up: removes what was built.
    package consuming func abandon() throws(FileError) {
        try parent.removeFolder(buildingName)
        try parent.synchronize()
    }

    /// Hands the bytes of a file of the folder at `path` to `body` and returns their digest; no link is followed.
    package static func read(
        _ file: String, at path: String, _ body: ([UInt8]) throws -> Void
    ) throws -> SHA256Digest {
        let location = location(of: path)
        return try read(file, in: DirectoryHandle(opening: location.parent).openFolder(location.name), body)
    }

    private static func read(
        _ file: String, in folder: borrowing DirectoryHandle, _ body: ([UInt8]) throws -> Void
    ) throws -> SHA256Digest {
        let open = OpenFile(descriptor: try folder.openFile(file))
        var hasher = try makeHasher()
        var buffer = [UInt8](repeating: 0, count: OutputFile.bufferSize)
        while true {
            let count = try open.read(into: &buffer, folder.path(of: file))
            if count == 0 { return hasher.finish() }
            hasher.update(buffer, in: 0..<count)
            try body(Array(buffer[0..<count]))
        }
    }

    private static func location(of path: String) -> (parent: String, name: String) {
        let parts = path.split(separator: "/")
        let parent = parts.dropLast().joined(separator: "/")
        let root = path.hasPrefix("/") ? "/" : "./"
        return (root + parent, parts.last.map(String.init) ?? ".")
    }
}

/// One file of an archive on its way to the disk.
package struct ArchiveFileWriter: ~Copyable {
    private var output: OutputFile

    init(output: consuming OutputFile) { self.output = output }

    /// Appends bytes; they are written and hashed in larger pieces.
    package mutating func append(_ bytes: [UInt8]) throws(FileError) {
        output.buffer.append(contentsOf: bytes)
        if output.isFull { try output.flush() }
    }

    consuming func finish() throws(FileError) -> (byteCount: Int64, digest: SHA256Digest) {
        try output.finish()
    }
}
