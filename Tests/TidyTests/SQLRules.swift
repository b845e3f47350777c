/// SQL as source: one statement a file, its header a contract.
enum SQLRules {
    /// The lines a query begins with, in this order. A header that can be left out is never looked at again.
    static func headerIsComplete(_ file: TextFile) -> [Violation] {
        let labels = header(of: file).map(\.label)
        // An order without `order by` is one that says why there is none.
        let order = header(of: file).first { $0.label == "order" }?.text ?? ""
        let saysWhyNot = order.hasPrefix("none")
        let expected =
            ["purpose", "grain"] + (isOrdered(file) || saysWhyNot ? ["order"] : []) + ["reads"]
            + ["needs", "marks", "within", "prices"].filter(labels.contains) + ["parameters"]
        guard labels == expected, !(isOrdered(file) && saysWhyNot) else {
            let found = labels.joined(separator: ", ")
            return [Violation(file, "the header has \(found); write \(expected.joined(separator: ", "))")]
        }
        return header(of: file).filter { $0.text.isEmpty }.map { Violation(file, "the header's \($0.label) is empty") }
    }

    /// A bound parameter that the header does not explain is guessed at the call; one it explains in vain misleads.
    static func parametersAreDescribed(_ file: TextFile) -> [Violation] {
        let described = header(of: file).first { $0.label == "parameters" }?.text ?? ""
        let used = Set(code(of: file).matches(of: /\$\d+/).map { String($0.output) })
        let named = Set(described.matches(of: /\$\d+/).map { String($0.output) })
        // Gates share one list of parameters, whether they need all of them or not.
        let inVain = file.name.hasPrefix("gate-") ? [] : named.subtracting(used)
        let none = described == "none" || !named.isEmpty ? [] : ["none"]
        return used.subtracting(named).sorted().map { Violation(file, "\($0) is not described in the header") }
            + inVain.sorted().map { Violation(file, "the header describes \($0), which is not used") }
            + none.map { Violation(file, "no parameters: write \($0)") }
    }

    /// The sixth parameter of a gate is the combined commodities it is restricted to; whoever runs it reads that here.
    static func restrictionIsNamed(_ file: TextFile) -> [Violation] {
        let isRestricted = file.name.hasPrefix("gate-") && code(of: file).contains("$6")
        let said = header(of: file).first { $0.label == "within" }?.text
        return said == (isRestricted ? "combined commodities" : nil)
            ? [] : [Violation(file, "the header's within is \(said ?? "not there")")]
    }

    /// Whoever runs a gate reads here whether its hits have an eighth column.
    static func essentialHitsAreNamed(_ file: TextFile) -> [Violation] {
        let marks = code(of: file).contains(" as is_essential")
        let said = header(of: file).first { $0.label == "marks" }?.text
        return said == (marks ? "essential hits" : nil)
            ? [] : [Violation(file, "the header's marks is \(said ?? "not there")")]
    }

    /// A gate that is not said to look at which prices there are alone runs without the book where other values of
    /// prices are all that changed.
    static func booksAreNotLookedAt(_ file: TextFile) -> [Violation] {
        guard file.name.hasPrefix("gate-"), header(of: file).contains(where: { $0.label == "order" }),
            !header(of: file).contains(where: { $0.label == "prices" }),
            // Asks the server itself where the table leaves it open.
            !code(of: file).contains("coalesce(r.is_held, (select")
        else { return [] }
        return code(of: file).matches(
            of: /\b(?:is_held|was_held|held_series|book_holder|holding_account|unrolled_position)\b/
        ).map { Violation(file, "it looks at \($0.output): write `-- prices: which there are`, if that holds") }
    }

    /// One query reads like another only if all are written alike; identifiers are lower case anyway.
    static func wordsAreLowerCase(_ file: TextFile) -> [Violation] {
        let code = code(of: file)
        return code.matches(of: /\b[A-Z][A-Z_]+\b/).map { match in
            Violation(
                file, line: lineNumber(of: match.range.lowerBound, in: code),
                "\(match.output): write \(match.output.lowercased())")
        }
    }

    /// The caller states the shape of what comes back, which only one statement has; COPY takes no terminator either.
    /// The body of a function or `do` is one text, whatever stands in it.
    static func isOneStatement(_ file: TextFile) -> [Violation] {
        let code = code(of: file).replacing(/\$\$[\s\S]*?\$\$/) { match in
            match.output.filter { $0 == "\n" }
        }
        return code.matches(of: /;/).map {
            let line = lineNumber(of: $0.range.lowerBound, in: code)
            return Violation(file, line: line, "a semicolon: one statement a file, without one")
        }
    }

    /// Columns are read by position: a star changes what they are when a migration adds one.
    static func columnsAreNamed(_ file: TextFile) -> [Violation] {
        let code = code(of: file)
        return code.matches(of: /\bselect\s+(distinct\s+)?(\w+\.)?\*/.ignoresCase()).map {
            Violation(file, line: lineNumber(of: $0.range.lowerBound, in: code), "select *: name the columns")
        }
    }

    /// Files of the schema say what for, and their numbers leave no gap: their order is the order of installation.
    static func schemaIsNumbered(_ files: [TextFile]) -> [Violation] {
        files.enumerated().flatMap { position, file -> [Violation] in
            let number = (position < 9 ? "0" : "") + String(position + 1)
            return (file.name.hasPrefix(number + "-") ? [] : [Violation(file, "number it \(number)")])
                + (file.text.hasPrefix("-- purpose: ") ? [] : [Violation(file, "begin it with -- purpose: ")])
        }
    }

    /// Who looks for a function finds it by its name, with the tables it needs named at its head.
    static func functionIsInItsFile(_ file: TextFile, after schema: [TextFile]) -> [Violation] {
        let made = file.text.matches(of: /^create (or replace )?function margin\.(\w+)/.anchorsMatchLineEndings())
        let name = file.name.dropLast(4)
        let labels = header(of: file)
        let after = labels.first { $0.label == "after" }?.text ?? ""
        return made.filter { $0.output.2 != name || $0.output.1 == nil }.map {
            Violation(file, "\($0.output.2): write create or replace function, in \($0.output.2).sql")
        }
            + (made.isEmpty ? [Violation(file, "it makes no function margin.\(name)")] : [])
            + (labels.prefix(2).map(\.label) == ["purpose", "after"]
                ? [] : [Violation(file, "begin it with purpose, after")])
            + (schema.contains { $0.name == after + ".sql" }
                ? [] : [Violation(file, "there is no schema file \(after)")])
    }

    static func makesNoFunction(_ file: TextFile) -> [Violation] {
        file.text.matches(of: /^create (?:or replace )?function (\S+?)\(/.anchorsMatchLineEndings()).map {
            Violation(file, "\($0.output.1): a function stands in a file of its own, in sql/functions")
        }
    }

    /// SQL lives in sql/, where it is reviewed and explained as SQL. Two things stay in Storage's Swift: the column
    /// list of a COPY, beside the writer that fills it, and the installer's own ledger, which is there before sql/ is.
    static func swiftHoldsNoSQL(_ file: TextFile) -> [Violation] {
        guard file.isBelow("Sources"), !file.isBelow("Sources/Postgres", "Sources/PrivateCluster"),
            file.path != "Sources/Storage/Schema/SchemaInstaller.swift"
        else { return [] }
        return file.swift.literals.filter { isSQL($0.text, inStorage: file.isBelow("Sources/Storage")) }.map {
            Violation(file, line: $0.line, "SQL in a literal: move it to sql/queries")
        }
    }

    private static func isSQL(_ text: String, inStorage: Bool) -> Bool {
        if inStorage, text.contains(/^\s*copy\s+([\w.]+\s+\([\w\s,()]*\)\s+from\s+stdin|\()/) { return false }
        let reading = /^\s*(select\s|with\s+\w+\s+as\s*\()/
        let writing = /^\s*(insert\s+into\s|update\s+[\w.]+\s+set\s|delete\s+from\s|truncate\s|merge\s+into\s)/
        let copying = /^\s*copy\s+[\w.(]+.*\b(from|to)\s+(stdin|stdout)\b/
        return text.contains(reading.ignoresCase()) || text.contains(writing.ignoresCase())
            || text.contains(copying.ignoresCase().dotMatchesNewlines())
    }

    /// The labelled lines at the head; a comment line that is indented goes on with the line above.
    static func header(of file: TextFile) -> [(label: String, text: String)] {
        file.lines.prefix { $0.hasPrefix("--") }.reduce(into: []) { header, line in
            if let match = line.wholeMatch(of: /-- (\w+): *(.*)/) {
                header.append((label: String(match.output.1), text: String(match.output.2)))
            } else if let more = line.wholeMatch(of: /-- {4,}(.*)/), let last = header.indices.last {
                header[last].text += " " + more.output.1
            }
        }
    }

    /// The statement without comments, and with strings and quoted names emptied.
    static func code(of file: TextFile) -> String {
        file.text.replacing(/--[^\n]*|'[^']*'|"[^"]*"/) { $0.output.hasPrefix("--") ? "" : "''" }
    }

    /// Whether the statement itself, not a part of it, has an order.
    private static func isOrdered(_ file: TextFile) -> Bool {
        var depth = 0
        var outermost = ""
        for character in code(of: file) {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0 { outermost.append(character) }
        }
        return outermost.contains(/\border\s+by\b/)
    }
}
