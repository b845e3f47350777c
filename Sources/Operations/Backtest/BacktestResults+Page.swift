import Quantities
import Reporting
import Runtime
import Storage
import Validation

extension BacktestResults {
    /// The page of a backtest that tested so many nights.
    func page(nights: Int) -> BacktestPageContent {
        func count(_ verdict: Verdict) -> Int { verdicts.count { $0.verdict == verdict.rawValue } }
        let terms = backtest.terms
        return BacktestPageContent(
            title: "Backtest \(backtest.code)",
            facts: [
                ("First night", "\(backtest.fromDate)"), ("Last night", "\(backtest.toDate)"),
                ("Nights tested", "\(nights)"), ("Not tested for a reason", "\(refused)"),
                ("Confidence", "\(terms.confidence)"), ("Horizon in business days", "\(terms.horizonDays)"),
                ("Level of intervals", "\(terms.intervalLevel)"), ("Significance", "\(terms.significance)"),
            ],
            finding:
                "Of \(plural(Int64(verdicts.count), "verdict")) \(count(.accept)) accept, \(count(.watch)) watch and "
                + "\(count(.reject)) reject the margin.",
            holds: count(.reject) == 0, walks: walks,
            sections: [
                (
                    "What the tests say",
                    "Products, hypothetical portfolios and walk-forwards, and of accounts and owners those not "
                        + "accepted; the row of each unit that decides.", verdictTable
                ),
                (
                    "How margins moved with the market",
                    "Of constant portfolios: largest margin over smallest, the largest rise within so many days, cost "
                        + "against the same rule without tools, and how the margin answered the largest rise of "
                        + "volatility.", procyclicalityTable
                ),
                (
                    "What the same coverage costs otherwise",
                    "Every margin scaled by one factor until as many nights are above it as were above the engine's: a "
                        + "flat percentage of the notional, plain historical value at risk, each position alone, and "
                        + "of walk-forwards the rule without tools. A ratio above 1 costs more than the engine. The "
                        + "factor is found on these very nights: it compares methods and margins nobody.",
                    efficiencyTable
                ),
                (
                    "What one changed figure does",
                    "Each row is a walk of its own with one figure of the rule changed, or the last requirement of a "
                        + "portfolio with credit rates cut.", sensitivityTable
                ),
            ],
            reports:
                "backtest-night, backtest-result, expected-shortfall, procyclicality, sensitivity, "
                + "capital-efficiency and procyclicality-disclosure"
        )
    }

    private var verdictTable: BacktestPageContent.Table {
        let shown = ["product", "hypothetical", "walk_forward"]
        let rows = ShownRow.rows(of: tables, .result).filter { row in
            guard let verdict = row["verdict"] else { return false }
            return verdict != Verdict.accept.rawValue || shown.contains(row["unit_kind"] ?? "")
        }
        return BacktestPageContent.Table(
            "Verdicts; those that reject are bold", rows,
            [
                ("Kind", "unit_kind"), ("Unit", "unit"), ("Margin", "margin_kind"), ("Nights", "series"),
                ("Tested", "n"), ("Exceptions", "x"), ("P(X ≥ x)", "p_at_least"), ("P(X ≤ x)", "p_at_most"),
                ("Independence", "independence_p"), ("Zone", "zone"), ("Verdict", "verdict"),
            ],
            words: ["unit_kind", "unit", "margin_kind", "series", "zone", "verdict"],
            isMarked: { $0["verdict"] == Verdict.reject.rawValue }, whenEmpty: "No unit has a night that was tested.")
    }

    private var procyclicalityTable: BacktestPageContent.Table {
        BacktestPageContent.Table(
            "Procyclicality", ShownRow.rows(of: tables, .procyclicality).filter { $0["refusal"] == nil },
            [
                ("Kind", "unit_kind"), ("Unit", "unit"), ("Currency", "currency"), ("Days", "days"),
                ("Peak to trough", "peak_to_trough"), ("Average", "average"), ("1 day", "rise_1"), ("5 days", "rise_5"),
                ("20 days", "rise_20"), ("30 days", "rise_30"), ("Cost", "cost"), ("Elasticity", "elasticity"),
            ],
            words: ["unit_kind", "unit", "currency"], whenEmpty: "No constant portfolio has a margin.")
    }

    private var efficiencyTable: BacktestPageContent.Table {
        let shown = ["house", "product", "hypothetical", "walk_forward"]
        return BacktestPageContent.Table(
            "Average margin at equal coverage",
            ShownRow.rows(of: tables, .capitalEfficiency).filter { shown.contains($0["unit_kind"] ?? "") },
            [
                ("Kind", "unit_kind"), ("Unit", "unit"), ("Method", "method"), ("Nights", "n"),
                ("Engine's exceptions", "allowed"), ("Exceptions", "x"), ("Multiplier", "multiplier"),
                ("Average", "average"), ("Ratio", "ratio"), ("Beyond", "excess"), ("Refused", "refusal"),
            ],
            words: ["unit_kind", "unit", "method", "refusal"], whenEmpty: "No unit has a night that was tested.")
    }

    private var sensitivityTable: BacktestPageContent.Table {
        BacktestPageContent.Table(
            "Sensitivity", ShownRow.rows(of: tables, .sensitivity),
            [
                ("Unit", "unit"), ("Figure", "parameter"), ("Base", "base"), ("Value", "value"), ("Result", "figure"),
                ("Change", "change"), ("Tested", "n"), ("Exceptions", "x"), ("Coverage", "coverage"),
                ("Kupiec’s p", "pof_p"), ("Refused", "refusal"),
            ],
            words: ["unit", "parameter", "refusal"], whenEmpty: "The backtest asks for no change.")
    }
}
