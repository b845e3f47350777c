extension PostgresError: CustomStringConvertible {
    /// One line: message, code, object, where in a COPY, statement. Safe for a log.
    package var description: String { summary + (statement.isEmpty ? "" : " in: " + oneLine(statement)) }

    /// The same without the statement, for who does not know the program's text.
    package var summary: String {
        var text = oneLine(safeMessage)
        text += " [\(sqlState)]"
        let objects = [
            constraint.map { "constraint \($0)" }, table.map { "table \($0)" }, column.map { "column \($0)" },
            dataType.map { "type \($0)" }, copyPosition,
        ].compactMap(\.self)
        if !objects.isEmpty { text += " (" + oneLine(objects.joined(separator: ", ")) + ")" }
        if isCommitOutcomeUnknown { text += ", the outcome of the commit is unknown" }
        return text
    }

    /// Everything the server said, one item a line. It may quote row values: for a person, not for a log.
    package var completeDescription: String {
        var lines = ["\(message) [\(sqlState)]"]
        let items = [
            ("detail", detail), ("hint", hint), ("constraint", constraint), ("schema", schema), ("table", table),
            ("column", column), ("type", dataType), ("context", context), ("statement", statement),
        ]
        for case (let name, let text?) in items where !text.isEmpty { lines.append("\(name): \(text)") }
        if isCommitOutcomeUnknown { lines.append("the outcome of the commit is unknown") }
        return lines.joined(separator: "\n")
    }

    /// The message, without the values that data exceptions (class 22) quote.
    private var safeMessage: String {
        guard sqlState.errorClass == "22" else { return message }
        let bytes = message.utf8
        guard let first = bytes.firstIndex(of: quote), let last = bytes.lastIndex(of: quote), first < last else {
            return message
        }
        return message[..<first] + "\"…\"" + message[message.utf8.index(after: last)...]
    }

    /// "COPY t, line 3, column b" out of a context such as `COPY t, line 3, column b: "value"`.
    private var copyPosition: String? {
        guard let context, context.hasPrefix("COPY ") else { return nil }
        let bytes = context.utf8
        let end = bytes.firstIndex { $0 == UInt8(ascii: ":") || $0 == quote || $0 == UInt8(ascii: "\n") }
        return String(context[..<(end ?? bytes.endIndex)])
    }
}

private let quote = UInt8(ascii: "\"")

/// Line ends and control characters as spaces, so that one error is one line and no terminal is steered by it.
private func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: " "
        default: scalar
        }
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
}
