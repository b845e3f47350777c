import Foundation

/// A JSON object as the plain values of Foundation, for tests that look at types too (`1` is a number, `"1"` a text);
/// throws where the text is something else. `JSONValue` is the reader for figures.
package func jsonObject(_ bytes: Data) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
        throw CaseError(what: "no JSON object")
    }
    return object
}

/// The rows of a JSON report, each by the names of its columns; throws where a row has other than a cell a column.
package func reportRows(_ bytes: Data) throws -> [[String: Any]] {
    let document = try jsonObject(bytes)
    guard let columns = document["columns"] as? [String], let rows = document["rows"] as? [[Any]],
        rows.allSatisfy({ $0.count == columns.count })
    else { throw CaseError(what: "no rows of a report") }
    return rows.map { Dictionary(zip(columns, $0), uniquingKeysWith: { first, _ in first }) }
}

package func jsonObject(_ text: some StringProtocol) throws -> [String: Any] { try jsonObject(Data(text.utf8)) }
