import Quantities

/// What the page of a calibration shows.
package struct CalibrationPageContent: Sendable {
    /// A bound of a proposed value, or of what would have been proposed on another day.
    package struct Bound: Sendable {
        package let name: String
        package let value: ExactDecimal
        package let binds: Bool

        package init(name: String, value: ExactDecimal, binds: Bool) {
            self.name = name
            self.value = value
            self.binds = binds
        }
    }

    /// The bounds on one day, with what would have been proposed had the rule been in force since the first.
    package struct Point: Sendable {
        package let date: BusinessDate
        package let bounds: [Bound]
        package let proposed: ExactDecimal

        package init(date: BusinessDate, bounds: [Bound], proposed: ExactDecimal) {
            self.date = date
            self.bounds = bounds
            self.proposed = proposed
        }
    }

    /// What a tool against procyclicality adds on the day of the calibration.
    package struct Tool: Sendable {
        package let name: String
        /// Before step limit and increment, with all of the rule's tools and without this one.
        package let with: ExactDecimal
        package let without: ExactDecimal

        package init(name: String, with: ExactDecimal, without: ExactDecimal) {
            self.name = name
            self.with = with
            self.without = without
        }
    }

    /// One proposed value.
    package struct Item: Sendable {
        package let name: String
        package let old: ExactDecimal?
        package let new: ExactDecimal
        /// As a fraction of the old value; nil where there is none.
        package let change: ExactDecimal?
        package let bounds: [Bound]
        /// What cut it and what the approver is to look at, in words; empty where nothing.
        package let remark: String
        /// Whether it is for the approver to look at.
        package let isFlagged: Bool
        /// By date; empty where a rule is not walked.
        package let history: [Point]
        package let tools: [Tool]

        package init(
            name: String, old: ExactDecimal?, new: ExactDecimal, change: ExactDecimal?, bounds: [Bound],
            remark: String, isFlagged: Bool, history: [Point], tools: [Tool]
        ) {
            self.name = name
            self.old = old
            self.new = new
            self.change = change
            self.bounds = bounds
            self.remark = remark
            self.isFlagged = isFlagged
            self.history = history
            self.tools = tools
        }
    }

    /// What a method of the second opinion came to for a spread, walked out of sample.
    package struct Opinion: Sendable {
        package let spread: String
        package let method: String
        /// The method's value on the day of the calibration; nil where it has none.
        package let value: ExactDecimal?
        package let exceptions: Int
        package let nights: Int
        /// 1 − exceptions/nights.
        package let coverage: ExactDecimal
        /// In the money of the legs.
        package let meanMargin: Double
        /// Beside the historical method; empty of itself.
        package let covers: String

        package init(
            spread: String, method: String, value: ExactDecimal?, exceptions: Int, nights: Int, coverage: ExactDecimal,
            meanMargin: Double, covers: String
        ) {
            self.spread = spread
            self.method = method
            self.value = value
            self.exceptions = exceptions
            self.nights = nights
            self.coverage = coverage
            self.meanMargin = meanMargin
            self.covers = covers
        }
    }

    package let parameterSet: String
    package let facts: [(name: String, value: String)]
    package let items: [Item]
    /// What rules would have asked for through years of crisis: a row a rule, year and variant, as texts below the
    /// columns' heads.
    package let crises: [[String]]
    package let crisisColumns: [(head: String, isFigure: Bool)]
    /// Rules with the years that no walk reaches.
    package let missedCrises: [String]
    package let opinions: [Opinion]

    package init(
        parameterSet: String, facts: [(name: String, value: String)], items: [Item], crises: [[String]],
        crisisColumns: [(head: String, isFigure: Bool)], missedCrises: [String], opinions: [Opinion]
    ) {
        self.parameterSet = parameterSet
        self.facts = facts
        self.items = items
        self.crises = crises
        self.crisisColumns = crisisColumns
        self.missedCrises = missedCrises
        self.opinions = opinions
    }
}
