import Foundation

/// The bytes of a SPAN file as XML in UTF-8.
enum SpanText {
    /// A larger file is refused before it is read.
    static let mostBytes = 256 << 20

    /// A file's bytes in UTF-8, line by line as they were, with the declared encoding blanked out.
    ///
    /// Files say ISO-8859-1 and are UTF-8: bytes that are valid UTF-8 are taken for that, whatever is declared. Others
    /// are taken for ISO-8859-1 where they say so.
    ///
    /// - Throws: `ReplicationError` for a file that is not there, too large, in another encoding, or that declares a
    ///   document type.
    static func utf8(of path: String) throws(ReplicationError) -> [UInt8] {
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        guard size <= mostBytes else {
            throw .rejected("\(path) has \(size) bytes; \(mostBytes) are the most a SPAN file is read with")
        }
        var bytes = try contents(of: path)
        let declared = declaredEncoding(bytes)
        if let declared { for index in declared.range { bytes[index] = UInt8(ascii: " ") } }
        if String(validating: bytes, as: UTF8.self) == nil, declared?.name.lowercased() == "iso-8859-1" {
            bytes = Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8)
        }
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else {
            throw .rejected("\(path) is not valid utf-8", hint: "save it as utf-8")
        }
        try refuseDocumentType(bytes, path)
        try refuseCutOff(bytes, path)
        return bytes
    }

    /// A name that is cut off would be taken for another element's.
    private static func refuseCutOff(_ bytes: [UInt8], _ path: String) throws(ReplicationError) {
        let white: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
        guard let last = bytes.lastIndex(where: { !white.contains($0) }), bytes[last] != UInt8(ascii: ">") else {
            return
        }
        let line = bytes[..<last].count { $0 == UInt8(ascii: "\n") } + 1
        throw .rejected(
            "\(path), line \(line): no well-formed XML: the file ends within a tag or a text",
            hint: "it is cut off: take it again from where it was published")
    }

    /// `encoding="…"` of the XML declaration, and where it stands.
    private static func declaredEncoding(_ bytes: [UInt8]) -> (name: String, range: Range<Int>)? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let head = bytes[start...].prefix(200)
        guard head.starts(with: Array("<?xml".utf8)), let end = head.firstIndex(of: UInt8(ascii: ">")) else {
            return nil
        }
        let word = Array("encoding".utf8)
        guard let first = head.indices.first(where: { $0 + word.count <= end && head[$0...].starts(with: word) }),
            let open = head[first..<end].firstIndex(where: { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") }),
            let close = head[(open + 1)..<end].firstIndex(of: head[open])
        else { return nil }
        return (String(decoding: head[(open + 1)..<close], as: UTF8.self), first..<(close + 1))
    }

    /// Entities of a file's own can be made to grow without bound or to name other files; the parser says nothing of
    /// their declaration. Only in UTF-8 can the bytes be looked at for one.
    private static func refuseDocumentType(_ bytes: [UInt8], _ path: String) throws(ReplicationError) {
        let mark = Array("<!DOCTYPE".utf8)
        var line = 1
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == mark[0], bytes[index...].starts(with: mark) {
                throw .rejected("\(path), line \(line): a document type is not supported")
            }
        }
    }
}
