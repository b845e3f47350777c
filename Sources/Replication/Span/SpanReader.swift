import Foundation
import FoundationXML

/// Reads a SPAN file into elements, and refuses what the layout does not have.
final class SpanReader: NSObject, XMLParserDelegate {
    private let path: String
    /// The elements that are open, the outermost first; below them one without a name that takes the root.
    private var open: [SpanElement]
    private var text = ""
    private var elements = 0
    private var failure: ReplicationError?
    /// The first fault of the XML: the parser reads on behind it, and ends with another line.
    private var malformed: (line: Int, what: String)?

    private init(path: String) {
        self.path = path
        open = [SpanElement(path: path, name: "", line: 0)]
    }

    /// The root element of a file.
    ///
    /// - Throws: `ReplicationError`: missing for a file that cannot be read; rejected for one that is no well-formed
    ///   XML, that declares a document type, and for an element or attribute that the layout does not have.
    static func read(_ path: String) throws(ReplicationError) -> SpanElement {
        let bytes = try SpanText.utf8(of: path)
        let reader = SpanReader(path: path)
        let parser = XMLParser(data: Data(bytes))
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        let isWhole = parser.parse()
        if let failure = reader.failure { throw failure }
        guard isWhole, let root = reader.open.first?.children.first else {
            let fault = reader.malformed ?? (line: parser.lineNumber, what: "")
            throw .rejected(
                "\(path), line \(fault.line): no well-formed XML" + (fault.what.isEmpty ? "" : ": \(fault.what)"),
                hint: "mend that line, or take the file again from where it was published")
        }
        return root
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let line = parser.lineNumber
        guard open.count <= SpanLayout.deepest else {
            return stop(parser, line, "element \(name) is nested deeper than \(SpanLayout.deepest) elements")
        }
        guard let parent = open.last, SpanLayout.children[parent.name]?.contains(name) == true else {
            let parent = open.last.map { $0.name.isEmpty ? "the file" : $0.name } ?? "the file"
            return stop(parser, line, "element \(name) in \(parent) is not supported")
        }
        if let attribute = attributes.keys.sorted().first {
            return stop(parser, line, "attribute \(attribute) of element \(name) is not supported")
        }
        if !isBlank(text) { return stop(parser, line, "text between the elements of \(parent.name)") }
        elements += 1
        guard elements <= SpanLayout.mostElements else {
            return stop(parser, line, "the file has more than \(SpanLayout.mostElements) elements")
        }
        text = ""
        open.append(SpanElement(path: path, name: name, line: line))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
        guard var element = open.popLast(), !open.isEmpty else { return }
        if SpanLayout.children[element.name] == nil {
            element.text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        } else if !isBlank(text) {
            return stop(parser, parser.lineNumber, "text between the elements of \(element.name)")
        }
        text = ""
        open[open.count - 1].children.append(element)
    }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        guard malformed == nil, failure == nil else { return }
        malformed = (parser.lineNumber, Self.words((error as NSError).code))
        parser.abortParsing()
    }

    /// The commonest of libxml's errors, by their numbers (xmlerror.h); empty for another.
    private static func words(_ code: Int) -> String {
        switch code {
        case 9: "a character that XML does not have"
        case 68: "a name is missing: & is written &amp; and < is written &lt;"
        case 73: "a tag is not closed by >"
        case 76: "an element is ended by another name than it began with"
        case 77: "an element is not ended"
        default: ""
        }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { append(string, parser) }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        append(String(decoding: block, as: UTF8.self), parser)
    }

    private func append(_ string: String, _ parser: XMLParser) {
        text += string
        if text.utf8.count > SpanLayout.longestText {
            stop(parser, parser.lineNumber, "a text of more than \(SpanLayout.longestText) bytes")
        }
    }

    private func stop(_ parser: XMLParser, _ line: Int, _ what: String) {
        if failure == nil {
            failure = .rejected("\(path), line \(line): \(what)", hint: "docs/replication.md lists what is read")
        }
        parser.abortParsing()
    }

    private func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
