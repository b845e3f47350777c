import ArgumentParser
import Replication
import Runtime

/// `margin span`: a run's parameters and arrays in the field's own layout, and back.
struct SpanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "span", abstract: "Write published parameters and arrays as a SPAN file in XML, or read one.",
        discussion: "docs/replication.md says element by element what is written and read.",
        subcommands: [Export.self, Import.self, Check.self, Diff.self])
}

/// Whether a file is taken for a SPAN file, by its name.
func isSpanFile(_ path: String) -> Bool { path.hasSuffix(".xml") || path.hasSuffix(".spn") }
