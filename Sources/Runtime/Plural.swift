/// A count with its noun, as a sentence needs it: "1 finding", "2 findings".
package func plural(_ count: Int64, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
