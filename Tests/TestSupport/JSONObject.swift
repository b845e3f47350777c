import Foundation

/// A JSON object as the plain values of Foundation, for tests that look at types too (`1` is a number, `"1"` a text);
/// throws where the text is something else. `JSONValue` is the reader for figures.
package func jsonObject(_ bytes: Data) throws -> [String: Any] {
    guard let object = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
        throw CaseError(what: "no JSON object")
    }
    return object
}

package func jsonObject(_ text: some StringProtocol) throws -> [String: Any] { try jsonObject(Data(text.utf8)) }
