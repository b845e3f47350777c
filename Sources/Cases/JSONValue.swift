import Foundation
import Runtime

/// A JSON value; numbers are kept in their text form, so that nothing is lost.
package enum JSONValue: Decodable, Hashable, Sendable {
    case null
    case bool(Bool)
    /// A string or a number: neutral cases write exact numbers as strings.
    case text(String)
    case array([JSONValue])
    case object([String: JSONValue])

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .text(String(value))
        } else if let value = try? container.decode(Decimal.self) {
            // Never with an exponent: one spelling of a number, as in a CSV.
            self = .text("\(value)")
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Reads a file.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 for one that is no JSON.
    static func file(_ path: String) throws -> JSONValue {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.inputMissing, "\(path) cannot be read")
        }
        do {
            return try JSONDecoder().decode(JSONValue.self, from: data)
        } catch {
            throw Failure(.inputRejected, "\(path) is not JSON")
        }
    }

    subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let value = members[key], value != .null else { return nil }
        return value
    }

    /// The elements of a list; none for anything else.
    var list: [JSONValue] { if case .array(let values) = self { values } else { [] } }
    /// The members of an object; none for anything else.
    var members: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }
    /// A string, or a number as text.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The text of a member that may be left out.
    func optional(_ key: String) -> String? { self[key]?.text }

    /// The elements of a member that may be left out.
    func list(_ key: String) -> [JSONValue] { self[key]?.list ?? [] }

    /// The text of a member that must be there.
    func required(_ key: String) throws -> String {
        guard let text = self[key]?.text else {
            let row = optional("id") ?? optional("key") ?? optional("contract")
            throw Failure(.inputRejected, "\(key) is missing" + (row.map { " in \($0)" } ?? ""))
        }
        return text
    }

    /// A flag that is off where it is left out.
    func flag(_ key: String, default value: Bool = false) -> Bool {
        if case .bool(let flag) = self[key] { flag } else { value }
    }
}
