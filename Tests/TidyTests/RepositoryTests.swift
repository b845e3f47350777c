import Foundation
import Testing

/// The rules for the repository as a whole.
struct RepositoryTests {
    @Test func `a document has one title, at its top`() {
        expectNone(Repository.documents.flatMap(DocumentRules.hasOneTitle))
    }

    @Test func `no file names a path of a developer's machine`() {
        expectNone(Repository.files.flatMap(DocumentRules.namesNoMachine))
    }

    /// A fault that no longer fits the code proves nothing, and nobody would know before the next one is tried.
    @Test func `every mutation's patch fits the file it changes`() throws {
        let patches = Repository.files.filter { $0.isBelow("Tests/Mutations") && $0.path.hasSuffix(".patch") }
        #expect(patches.count >= 20)
        for patch in patches {
            let target = try #require(patch.text.firstMatch(of: /(?m)^--- a\/(.+)$/), "\(patch.path)").output.1
            let text = Repository.text(String(target))
            for hunk in patch.text.components(separatedBy: "\n@@ ").dropFirst() {
                let lines = hunk.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
                let before = lines.filter { $0.hasPrefix(" ") || $0.hasPrefix("-") }.map { $0.dropFirst() }
                #expect(
                    !before.isEmpty && text.contains(before.joined(separator: "\n")),
                    "\(patch.path) does not fit \(target)")
            }
        }
    }

    /// Operators and schedulers act on the number alone: 75 is tried again, 65 wakes somebody.
    @Test func `docs operations.md documents every exit code by its number`() {
        let codes = Repository.text("Sources/Runtime/ExitCode.swift").matches(of: /case (\w+) = (\d+)/)
        let rows = Repository.text("docs/operations.md").split(separator: "\n").filter { $0.hasPrefix("|") }
        let documented = rows.map { $0.split(separator: "|")[0].filter(\.isNumber) }
        #expect(codes.count >= 12)
        let missing = codes.filter { !documented.contains(String($0.output.2)) }.map {
            "\($0.output.1) = \($0.output.2)"
        }
        #expect(missing == [], "exit codes without a row in a table of docs/operations.md")
    }

    /// Collectors and alerts match events by their names.
    @Test func `docs operations.md lists exactly the events of the log`() throws {
        let source = Repository.text("Sources/Runtime/EventLog.swift")
        let list = try #require(source.firstMatch(of: /(?s)enum Event: [^{]*\{(.*?)\n    \}/)).output.1
        let events = list.matches(of: /case (\w+)(?: = "(\w+)")?/).map { String($0.output.2 ?? $0.output.1) }
        #expect(events.count >= 10)
        let text = Repository.text("docs/operations.md")
        let table = try #require(text.firstMatch(of: /(?s)\| event \| level .*?\n\n/)).output
        #expect(table.matches(of: /(?m)^\| `(\w+)` \|/).map { String($0.output.1) } == events)
    }

    /// An operator who is woken by a rule reads there what it means, and whether a waiver helps.
    @Test func `docs operations.md lists exactly the data gates, their severities and what no waiver passes`() throws {
        let source = Repository.text("Sources/Storage/Inputs/DataGate.swift")
        let gates = source.matches(of: /rule: "(\w+)", query: \.\w+, severity: \.(\w+)(, isEssential: true)?/)
        #expect(gates.count >= 40)
        let text = Repository.text("docs/operations.md")
        let table = try #require(text.firstMatch(of: /(?s)\| rule \| finds .*?\n\n/)).output
        let rows = table.matches(of: /(?m)^\| `(\w+)` \|.*\| (block|flag|off) \|.*\| ([^|]+) \|$/)
        #expect(rows.map { String($0.output.1) } == gates.map { String($0.output.1) })
        for (row, gate) in zip(rows, gates) {
            #expect(row.output.2 == gate.output.2, "\(gate.output.1)")
            let waiver = row.output.3
            #expect((waiver == "no") == (gate.output.3 != nil), "\(gate.output.1): whether it can be waived")
            #expect((waiver == "–") == (gate.output.2 != "block"), "\(gate.output.1): a flag stops nothing")
        }
    }

    /// A setting nobody can read of is a setting nobody can set.
    @Test func `docs operations.md lists exactly the settings`() throws {
        let source = Repository.text("Sources/Runtime/Settings.swift")
        let list = try #require(source.firstMatch(of: /(?s)enum Setting: [^{]*\{(.*?)\n\n/)).output.1
        let settings = list.matches(of: /(?:case |, )(\w+)(?: = "(\w+)")?/).map { String($0.output.2 ?? $0.output.1) }
        #expect(settings.count >= 9)
        let rows = Repository.text("docs/operations.md").matches(of: /(?m)^\| `(\w+)` \| `MARGIN_(\w+)` \|/)
        #expect(rows.map { String($0.output.1) }.sorted() == settings.sorted())
        for row in rows { #expect(row.output.1.uppercased() == row.output.2) }
    }

    /// Whoever is woken by a code finds its section.
    @Test func `the runbook has a section for every exit code`() {
        let codes = Repository.text("Sources/Runtime/ExitCode.swift").matches(of: /case \w+ = (\d+)/)
        let text = Repository.text("docs/operations.md")
        let missing = codes.map { String($0.output.1) }.filter { !text.contains("\n### \($0): ") }
        #expect(missing == [])
    }

    /// A case that says not what it isolates is repaired by blessing it.
    @Test func `every fixture says what it is for`() {
        let folders = Repository.folders(in: "fixtures")
        let paths = Set(Repository.files.map(\.path))
        #expect(!folders.isEmpty)
        let silent = folders.filter { !paths.contains("fixtures/\($0)/README.md") }
        #expect(silent == [], "folders of fixtures without a README.md")
    }

    @Test func `imports go one way`() {
        let modules = ModuleRules.table(Repository.text("Package.swift"))
        #expect(modules.count > 20)
        #expect(ModuleRules.upwardImports(modules) == [])
    }

    /// Tests that no target builds pass for ever.
    @Test func `every folder of tests is built`() {
        let package = Repository.text("Package.swift")
        let rows = Set(ModuleRules.table(package).map(\.name))
        let untested = Set(
            package.matches(of: /Module\(\s*"([\w-]+)"(?:[^()]|\([^()]*\))*tested: false/).map {
                String($0.output.1)
            })
        let unbuilt = Repository.folders(in: "Tests").filter { folder in
            // Scripts and their data, no Swift: faults for the proof's own sources, digests of what is issued.
            if ["Golden", "Mutations"].contains(folder) { return false }
            let module = String(folder.dropLast("Tests".count))
            return !rows.contains(folder) && !(rows.contains(module) && !untested.contains(module))
        }
        #expect(unbuilt == [], "folders of Tests that Package.swift does not build")
    }

    @Test func `a folder of sources, tests or queries is a subject of at most twenty-four files`() {
        #expect(FolderRules.crowded(Repository.files) == [], "give them folders by subject")
    }

    /// A row that allows more than is used lets the next import in unseen.
    @Test func `a module's row in the table names what its files import, no less and no more`() {
        let modules = ModuleRules.table(Repository.text("Package.swift"))
        let folders = Set(Repository.folders(in: "Sources"))
        #expect(folders.subtracting(modules.map(\.name)) == [], "folders of Sources without a row")
        let known = Set(modules.map(\.name))
        for module in modules where folders.contains(module.name) && module.name != "EmbedSQL" {
            let imports = ModuleRules.imports(of: module.name, in: Repository.sources, known: known)
            #expect(imports == module.imports.sorted(), "\(module.name)")
        }
    }

    @Test func `docs architecture.md has Package.swift's table of modules`() {
        let document = Repository.text("docs/architecture.md")
        for module in ModuleRules.table(Repository.text("Package.swift"))
        where Repository.folders(in: "Sources").contains(module.name) {
            // The map modules, the build tool and the stage programs share a row each.
            if module.name.hasPrefix("CLib") || module.name.lowercased().contains("embed") { continue }
            let isStage = module.name.hasPrefix("margin-")
            let name = isStage ? "| `margin-ingest` … `margin-report` |" : "| `\(module.name)` |"
            let row = document.split(separator: "\n").first { $0.hasPrefix(name) }
            let imports = module.imports.isEmpty ? "–" : module.imports.joined(separator: ", ")
            #expect(row?.hasSuffix("| \(imports) |") == true, "\(module.name): \(imports)")
        }
    }
}
