import Foundation
import Quantities

/// A case file under $MARGIN_EVIDENCE/cases, as the tests read it.
enum CaseValue: Decodable {
    case object([String: CaseValue])
    case list([CaseValue])
    case text(String)
    case flag(Bool)
    case number(Int)
    case other

    /// The folder of the cases; nil where $MARGIN_EVIDENCE is not set, and the tests that need it are skipped.
    static var folder: String? { ProcessInfo.processInfo.environment["MARGIN_EVIDENCE"].map { $0 + "/cases" } }
    static var isPresent: Bool { folder != nil }

    /// The case whose file begins with `number`.
    static func read(_ number: String) throws -> CaseValue {
        let folder = folder ?? ""
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(number + "-") }
        guard let name = names.first else { throw CocoaError(.fileNoSuchFile) }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        return try JSONDecoder().decode(CaseValue.self, from: bytes)
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let object = try? value.decode([String: CaseValue].self) {
            self = .object(object)
        } else if let list = try? value.decode([CaseValue].self) {
            self = .list(list)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int.self) {
            self = .number(number)
        } else {
            self = .other
        }
    }

    subscript(key: String) -> CaseValue? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    /// The elements of a list; none where it is something else.
    var elements: [CaseValue] { if case .list(let list) = self { list } else { [] } }
    /// The keys of an object, sorted.
    var keys: [String] { if case .object(let object) = self { object.keys.sorted() } else { [] } }
    var string: String { if case .text(let text) = self { text } else { "" } }
    /// The element of a list with this `id`.
    func element(_ id: String) -> CaseValue? { elements.first { $0["id"]?.string == id } }
    var decimal: ExactDecimal? {
        switch self {
        case .text(let text): ExactDecimal(text)
        case .number(let number): ExactDecimal(number)
        default: nil
        }
    }
}
