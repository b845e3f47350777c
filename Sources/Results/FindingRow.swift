/// A hit of a data gate, as it is kept.
package struct FindingRow: Sendable {
    /// Sorts the findings of a run; 1 or more.
    package var number: Int64 = 0
    package let rule: String
    package var severity: String
    package var table: String
    package let rowKey: String
    /// Where the row came from, with its line; nil where the finding is about a row that is not there.
    package let source: String?
    package let sourceLine: Int64?
    package let column: String
    package let value: String
    package let message: String
    package var waiverReason: String?
    /// Whether no figure can be right while it stands, whatever its gate says of its other hits.
    package var isEssential = false
    /// Who answers for the waiver there is now; nil where there is none.
    package var waivedBy: String?
    /// Why it was waived after the run had looked at it; nil where it was not.
    package var waiverSince: String?
    /// The value that somebody answers for where it is another one: this one was not waived. Nil where it is not so.
    package var waivedValue: String?

    package init(
        number: Int64 = 0, rule: String, severity: String, table: String, rowKey: String, source: String?,
        sourceLine: Int64?, column: String, value: String, message: String, waiverReason: String? = nil,
        isEssential: Bool = false, waivedBy: String? = nil, waiverSince: String? = nil, waivedValue: String? = nil
    ) {
        self.number = number
        self.rule = rule
        self.severity = severity
        self.table = table
        self.rowKey = rowKey
        self.source = source
        self.sourceLine = sourceLine
        self.column = column
        self.value = value
        self.message = message
        self.waiverReason = waiverReason
        self.isEssential = isEssential
        self.waivedBy = waivedBy
        self.waiverSince = waiverSince
        self.waivedValue = waivedValue
    }
}
