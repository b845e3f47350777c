import Foundation
import Runtime
import TextFiles

/// A neutral case as JSON: exact numbers stand there as strings or as numbers, and mean the same.
extension JSONValue {
    /// Reads a case's file; every number in it becomes a text without exponent, one spelling as in a CSV.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 for one that is no JSON.
    static func file(_ path: String) throws -> JSONValue {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.inputMissing, "\(path) cannot be read")
        }
        guard let value = try? JSONValue(Array(data)) else { throw Failure(.inputRejected, "\(path) is not JSON") }
        // Of validation a number stands for a statistic, a text for an exact number.
        let keepsExpected = value["input"]?["validation"] != nil
        guard
            let plain = keepsExpected
                ? value["input"]?.withNumbersAsTexts.map({ .object(value.members.merging(["input": $0]) { $1 }) })
                : value.withNumbersAsTexts
        else { throw Failure(.inputRejected, "\(path) is not JSON") }
        return plain
    }

    /// Nil where a number has an exponent that no figure has.
    private var withNumbersAsTexts: JSONValue? {
        switch self {
        case .null, .flag, .text: return self
        case .number(let text): return JSONValue.plain(number: text).map(JSONValue.text)
        case .array(let values):
            let plain = values.compactMap(\.withNumbersAsTexts)
            return plain.count == values.count ? .array(plain) : nil
        case .object(let members):
            let plain = members.compactMapValues(\.withNumbersAsTexts)
            return plain.count == members.count ? .object(plain) : nil
        }
    }

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
        if case .flag(let flag) = self[key] { flag } else { value }
    }
}
