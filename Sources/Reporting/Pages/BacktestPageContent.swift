import Quantities

/// What the page of a backtest, or of walks over histories, shows.
package struct BacktestPageContent: Sendable {
    /// A rule walked over its factor's history.
    package struct Walk: Sendable {
        /// A day of the walk.
        package struct Day: Sendable {
            package let date: BusinessDate
            /// What was held for one contract, minor units, 0 or more.
            package let margin: Int64
            /// The size of the move until the horizon, minor units, 0 or more; nil where the history ends before.
            package let move: Int64?

            package init(date: BusinessDate, margin: Int64, move: Int64?) {
                self.date = date
                self.margin = margin
                self.move = move
            }

            var isException: Bool { move.map { $0 > margin } ?? false }
        }

        package let name: String
        package let currency: String
        /// Of the currency's minor unit.
        package let decimals: Int
        /// By date, one at least.
        package let days: [Day]
        /// In a sentence, what the tests say of it.
        package let verdict: String

        package init(name: String, currency: String, decimals: Int, days: [Day], verdict: String) {
            precondition(!days.isEmpty, "a walk has a day")
            self.name = name
            self.currency = currency
            self.decimals = decimals
            self.days = days
            self.verdict = verdict
        }

        func amount(_ units: Int64) -> ExactDecimal { ExactDecimal(minorUnits: units, decimals: decimals) }

        /// As the reports have it.
        package func text(_ units: Int64) -> String { amount(units).text(decimals: decimals) }
    }

    /// Figures below one another, as texts in the spelling of the reports.
    package struct Table: Sendable {
        package let caption: String
        /// A head, and whether figures stand below it.
        package let columns: [(head: String, isFigure: Bool)]
        package let rows: [[String]]
        /// Rows that are set off.
        package let marked: Set<Int>
        /// What is said where there is no row.
        package let whenEmpty: String

        package init(
            caption: String, columns: [(head: String, isFigure: Bool)], rows: [[String]], marked: Set<Int> = [],
            whenEmpty: String
        ) {
            self.caption = caption
            self.columns = columns
            self.rows = rows
            self.marked = marked
            self.whenEmpty = whenEmpty
        }
    }

    package let title: String
    package let facts: [(name: String, value: String)]
    /// What came out, in a sentence.
    package let finding: String
    /// Whether nothing is rejected.
    package let holds: Bool
    package let walks: [Walk]
    /// Tests, procyclicality, sensitivity, each below its heading.
    package let sections: [(title: String, text: String, table: Table)]
    /// The reports that have the same figures, as a sentence names them.
    package let reports: String

    package init(
        title: String, facts: [(name: String, value: String)], finding: String, holds: Bool, walks: [Walk],
        sections: [(title: String, text: String, table: Table)], reports: String
    ) {
        self.title = title
        self.reports = reports
        self.facts = facts
        self.finding = finding
        self.holds = holds
        self.walks = walks
        self.sections = sections
    }
}
