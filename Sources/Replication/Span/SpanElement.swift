import InputRows
import Quantities

/// One element of a SPAN file with the line it begins on: a leaf has a text, any other has children.
struct SpanElement: Sendable {
    let path: String
    let name: String
    /// The first line of the file is 1.
    let line: Int
    /// Without the spaces around it; empty where there are children.
    var text = ""
    var children: [SpanElement] = []

    /// `span.xml, line 12`.
    var location: String { "\(path), line \(line)" }

    func refusal(_ what: String, hint: String? = nil) -> ReplicationError {
        .rejected("\(location): \(what)", hint: hint)
    }

    func all(_ name: String) -> [SpanElement] { children.filter { $0.name == name } }

    /// The child of a name; nil where there is none, refused where there are two.
    func oneOrNone(_ name: String) throws(ReplicationError) -> SpanElement? {
        var found: SpanElement?
        for child in children where child.name == name {
            if found != nil { throw child.refusal("a second \(name) in \(self.name)") }
            found = child
        }
        return found
    }

    func one(_ name: String) throws(ReplicationError) -> SpanElement {
        guard let found = try oneOrNone(name) else { throw refusal("\(self.name) has no \(name)") }
        return found
    }

    /// The text of a child that is there and not empty.
    func text(_ name: String) throws(ReplicationError) -> String {
        let child = try one(name)
        guard !child.text.isEmpty else { throw child.refusal("\(name) is empty") }
        return child.text
    }

    /// A code as the database takes it: letters, digits and `. _ : + -`, 64 at most, a letter or digit first.
    func code(_ name: String) throws(ReplicationError) -> String {
        let text = try text(name)
        guard isPlainCode(text) else { throw try one(name).refusal("unreadable \(name) “\(text)”") }
        return text
    }

    /// An exact decimal, as it is written.
    func decimal(_ name: String) throws(ReplicationError) -> String {
        let text = try text(name)
        guard ExactDecimal(text) != nil else { throw try one(name).refusal("unreadable \(name) “\(text)”") }
        return text
    }

    func decimalOrNone(_ name: String) throws(ReplicationError) -> String? {
        try oneOrNone(name) == nil ? nil : decimal(name)
    }

    /// A whole number of 0 to 999999999.
    func number(_ name: String) throws(ReplicationError) -> Int {
        let text = try text(name)
        guard text.utf8.count <= 9, text.utf8.allSatisfy(isDigit), let number = Int(text) else {
            throw try one(name).refusal("unreadable \(name) “\(text)”")
        }
        return number
    }

    /// One of a closed list of texts.
    func choice(_ name: String, of known: [String]) throws(ReplicationError) -> String {
        let text = try text(name)
        guard known.contains(text) else {
            throw try one(name).refusal(
                "\(name) “\(text)” is not supported", hint: "supported: \(known.joined(separator: ", "))")
        }
        return text
    }

    /// `201902`, or `20190200`: a day of its own within the month cannot be told apart.
    func month(_ name: String) throws(ReplicationError) -> ContractMonth {
        let text = try text(name)
        guard let month = ContractMonth(spanText: text) else {
            throw try one(name).refusal("\(name) “\(text)” is no contract month", hint: "write it as 201902")
        }
        return month
    }

    /// `20181228` as a date.
    func date(_ name: String) throws(ReplicationError) -> BusinessDate {
        let text = try text(name)
        let parts = [text.prefix(4), text.dropFirst(4).prefix(2), text.dropFirst(6)]
        guard text.utf8.count == 8, let date = BusinessDate(parts.joined(separator: "-")) else {
            throw try one(name).refusal("unreadable \(name) “\(text)”")
        }
        return date
    }
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

/// Whether the database's domain of codes takes a text.
func isPlainCode(_ text: String) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
        let letter = byte | 0x20
        return isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
    }
    guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 64 else { return false }
    return text.utf8.allSatisfy { isAlphanumeric($0) || Array("._:+-".utf8).contains($0) }
}
