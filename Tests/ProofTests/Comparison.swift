import Margining
import PlainMargin
import Testing

extension ProofBook {
    /// Both requirements of an account; the first figures in which they differ, or none.
    func differences(of account: PlainAccount, scratch: inout KernelScratch) throws -> [String] {
        let plain = house.requirement(of: account)
        let found = Transcript(book: kernel.book).requirement(try requirement(of: account, scratch: &scratch))
        guard plain != found else { return [] }
        let expected = figures(plain, "requirement")
        let actual = figures(found, "requirement")
        let missing = expected.filter { !actual.contains($0) }.prefix(6).map { "document: \($0)" }
        let unexpected = actual.filter { !expected.contains($0) }.prefix(6).map { "product: \($0)" }
        return missing + unexpected
    }
}

/// Every figure of a value on a line of its own, named by the way to it.
private func figures(_ value: Any, _ path: String) -> [String] {
    if let number = value as? Rational { return ["\(path) = \(number)"] }
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
        return mirror.children.first.map { figures($0.value, path) } ?? ["\(path) = nil"]
    }
    guard !mirror.children.isEmpty else { return ["\(path) = \(value)"] }
    return mirror.children.enumerated().flatMap { position, child in
        figures(child.value, "\(path).\(child.label ?? String(position + 1))")
    }
}

/// Records where document and product differ; false once there is enough to look at.
func expectAgreement(
    _ book: ProofBook, _ account: PlainAccount, _ context: String, scratch: inout KernelScratch
) throws -> Bool {
    let differences = try book.differences(of: account, scratch: &scratch)
    let shown = "\(context) \(account.owners) \(differences.joined(separator: "; "))"
    #expect(differences.isEmpty, "\(shown)")
    return differences.isEmpty
}
