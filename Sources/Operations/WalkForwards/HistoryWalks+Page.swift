import Calibration
import ClearingModel
import Quantities
import Reporting
import Validation

extension HistoryWalks {
    /// The rules as they are stated as a page: margins against moves, and what all variants came to.
    var page: BacktestPageContent {
        let stated = walks.filter { $0.variant == .stated }
        let rejected = stated.count { $0.summary.tests?.verdict == .reject }
        return BacktestPageContent(
            title: "Walk-forward",
            facts: [
                ("First level", stated.compactMap(\.stated.history.dates.first).min().map { "\($0)" } ?? "–"),
                ("Last level", stated.compactMap(\.stated.history.dates.last).max().map { "\($0)" } ?? "–"),
                ("Walks", "\(stated.count)"), ("Days of a rise", "\(riseDays)"),
            ],
            finding: "The tests reject \(rejected) of \(stated.count) walks.", holds: rejected == 0,
            walks: stated.map(\.pageWalk),
            sections: [
                (
                    "What the walks came to",
                    "Each rule as stated, without its step limit and without tools against procyclicality, all from "
                        + "the same first day; cost is the mean margin over that without tools, less 1.",
                    BacktestPageContent.Table(
                        "Walks; what rejects is bold", rows(.walk).map { ShownRow(Table.walk.columns, $0) },
                        [
                            ("Walk", "walk_forward"), ("Variant", "variant"), ("Tested", "n"), ("Exceptions", "x"),
                            ("Coverage", "coverage"), ("P(X ≥ x)", "p_at_least"), ("Rise", "rise"), ("Cost", "cost"),
                            ("Peak to trough", "peak_to_trough"), ("Below core", "below_core_days"),
                            ("Verdict", "verdict"),
                        ], words: ["walk_forward", "variant", "verdict"],
                        isMarked: { $0["verdict"] == Verdict.reject.rawValue }, whenEmpty: "Nothing is walked.")
                ),
                (
                    "What the same coverage costs otherwise",
                    "Every margin scaled by one factor until as many days are above it as were above the rule's: the "
                        + "rule without tools, a flat percentage of the price, the plain quantile of its look-back. A "
                        + "ratio above 1 costs more than the rule.",
                    BacktestPageContent.Table(
                        "Average margin at equal coverage",
                        rows(.efficiency).map { ShownRow(Table.efficiency.columns, $0) },
                        [
                            ("Walk", "walk_forward"), ("Method", "method"), ("Tested", "n"), ("Exceptions", "x"),
                            ("Multiplier", "multiplier"), ("Average", "average"), ("Ratio", "ratio"),
                            ("Beyond", "excess"), ("Refused", "refusal"),
                        ], words: ["walk_forward", "method", "refusal"], whenEmpty: "Nothing is walked.")
                ),
            ], reports: "walk-forward, walk-forward-year, walk-forward-day and walk-forward-efficiency")
    }
}

extension HistoryWalks.Walked {
    /// Either side, which the scan range covers.
    fileprivate var pageWalk: BacktestPageContent.Walk {
        BacktestPageContent.Walk(walk, name: stated.code.text)
    }
}
