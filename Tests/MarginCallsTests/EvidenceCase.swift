import Foundation
import Quantities

/// A case file under $MARGIN_EVIDENCE/cases, as the tests read it.
enum EvidenceCase: Decodable {
    case object([String: EvidenceCase])
    case list([EvidenceCase])
    case text(String)
    case flag(Bool)
    case number(Int)
    case other

    /// The folder of the cases; nil where $MARGIN_EVIDENCE is not set, and the tests that need it are skipped.
    static var folder: String? { ProcessInfo.processInfo.environment["MARGIN_EVIDENCE"].map { $0 + "/cases" } }
    static var isPresent: Bool { folder != nil }

    /// The case whose file begins with `number`.
    static func read(_ number: String) throws -> EvidenceCase {
        let folder = folder ?? ""
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix(number + "-") }
        guard let name = names.first else { throw CocoaError(.fileNoSuchFile) }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
        return try JSONDecoder().decode(EvidenceCase.self, from: bytes)
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let object = try? value.decode([String: EvidenceCase].self) {
            self = .object(object)
        } else if let list = try? value.decode([EvidenceCase].self) {
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

    subscript(key: String) -> EvidenceCase? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    /// The elements of a list; none where it is something else.
    var elements: [EvidenceCase] { if case .list(let list) = self { list } else { [] } }
    /// The keys of an object, sorted.
    var keys: [String] { if case .object(let object) = self { object.keys.sorted() } else { [] } }
    var string: String { if case .text(let text) = self { text } else { "" } }
    /// The element of a list with this `id`.
    func element(_ id: String) -> EvidenceCase? { elements.first { $0["id"]?.string == id } }
    var decimal: ExactDecimal? {
        switch self {
        case .text(let text): ExactDecimal(text)
        case .number(let number): ExactDecimal(number)
        default: nil
        }
    }
}
