import Digests
import Foundation
import TestSupport
import Testing
import TextFiles

@Suite struct `Files that stay` {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    @Test func `are written through a buffer and hashed on the way`() throws {
        let folder = try DirectoryHandle(opening: scratch.path)
        var file = try OutputFile("a", in: folder)
        var expected: [UInt8] = []
        for number in 0..<3 {
            let bytes = [UInt8](repeating: UInt8(number), count: OutputFile.bufferSize - 1)
            expected += bytes
            file.buffer += bytes
            if file.isFull { try file.flush() }
        }
        let written = try file.finish()
        #expect(try scratch.read("a") == expected)
        #expect(try written.byteCount == Int64(expected.count) && written.digest == SHA256Digest(of: expected))
        try folder.synchronize()
        #expect(try folder.names() == ["a"])
    }

    @Test(arguments: [1, 2, 32]) func `written behind the back have the bytes and digests of their pieces in order`(
        _ pieces: Int
    ) throws {
        let folder = try DirectoryHandle(opening: scratch.path)
        let writers = FileWriters(pieces: pieces)
        var files: [(file: BackgroundFile, bytes: [UInt8])] = []
        for number in 0..<50 {
            let file = try BackgroundFile("f\(number)", in: folder, writers)
            var bytes: [UInt8] = []
            for piece in 0..<number % 7 {
                let part = [UInt8](repeating: UInt8(number + piece), count: 1000 * piece + number)
                file.append(part)
                bytes += part
            }
            file.finish()
            files.append((file, bytes))
        }
        for (file, bytes) in files {
            let written = try file.result()
            #expect(try written.byteCount == Int64(bytes.count) && written.digest == SHA256Digest(of: bytes))
            #expect(try scratch.read(file.name) == bytes)
        }
        try writers.check()
    }

    @Test(arguments: [false, true]) func `get a second name in another folder, or a copy on another file system`(
        _ isElsewhere: Bool
    ) throws {
        try scratch.write("a", String(repeating: "0123456789", count: 50_000))
        let other = isElsewhere ? "/dev/shm/\(UUID().uuidString)" : scratch.path + "/other"
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: other) }
        try share("a", of: scratch.path, with: other)
        func attributes(_ folder: String) throws -> [FileAttributeKey: Any] {
            try FileManager.default.attributesOfItem(atPath: folder + "/a")
        }
        let (first, second) = (try attributes(scratch.path), try attributes(other))
        #expect((first[.systemNumber] as? Int != second[.systemNumber] as? Int) == isElsewhere)
        #expect((first[.systemFileNumber] as? Int == second[.systemFileNumber] as? Int) == !isElsewhere)
        #expect(FileManager.default.contents(atPath: other + "/a") == Data(try scratch.read("a")))
        #expect(throws: FileError.self) { try share("a", of: scratch.path, with: other) }
        #expect(throws: FileError.self) { try share("absent", of: scratch.path, with: other) }
    }

    private func share(_ name: String, of source: String, with target: String) throws {
        try DirectoryHandle(opening: target).share(name, of: try DirectoryHandle(opening: source))
    }

    @Test func `take no place that is taken, and follow no link`() throws {
        let folder = try DirectoryHandle(opening: scratch.path)
        try scratch.write("file", "kept")
        try folder.link("link", to: "file")
        for (name, found) in [("file", FileKind.file), ("link", .symbolicLink)] {
            #expect(throws: FileError.planted(path: folder.path(of: name), found: found)) {
                try create(name, in: folder)
            }
            #expect(try folder.kind(of: name) == found)
        }
        #expect(throws: FileError.planted(path: folder.path(of: "link"), found: .symbolicLink)) {
            try open("link", in: folder)
        }
        #expect(try scratch.read("file") == Array("kept".utf8))
        #expect(try folder.kind(of: "nothing") == nil)
        #expect(try folder.makeFolder("new") && !folder.makeFolder("new"))
    }

    @Test func `take the place of another in one step`() throws {
        let path = try scratch.write("metrics", "old")
        try FileReplacement.write(Array("new".utf8), to: path)
        #expect(try scratch.read("metrics") == Array("new".utf8))
        #expect(scratch.names("") == ["metrics"])
        let missing = #expect(throws: FileReplacement.Fault.self) {
            try FileReplacement.write([], to: scratch.path(of: "nowhere/metrics"))
        }
        #expect(missing?.step == .make && missing?.errno == ENOENT)
        try FileManager.default.createDirectory(atPath: scratch.path(of: "folder"), withIntermediateDirectories: false)
        let folder = #expect(throws: FileReplacement.Fault.self) {
            try FileReplacement.write([], to: scratch.path(of: "folder"))
        }
        #expect(folder?.step == .rename && folder?.errno == EISDIR)
        #expect(scratch.names("") == ["folder", "metrics"])
    }

    @Test(arguments: [
        (ENOSPC, FileError.Category.inputOutput, "no space left for f"),
        (EDQUOT, .inputOutput, "no space left for f"),
        (EROFS, .permission, "not permitted to write f: read-only file system"),
        (EIO, .inputOutput, "cannot write f: input/output error"),
        (ENOENT, .cannotCreate, "cannot make or open f: no such file or directory"),
    ])
    func `say what the system refused`(_ code: Int32, _ category: FileError.Category, _ said: String) {
        let error = FileError.system("f", creating: true, code: code)
        #expect(error.category == category && "\(error)" == said && error.path == "f")
    }

    private func create(_ name: String, in folder: borrowing DirectoryHandle) throws {
        _ = try OutputFile(name, in: folder).finish()
    }

    private func open(_ name: String, in folder: borrowing DirectoryHandle) throws {
        _ = try folder.openFolder(name).path
    }
}
