import Attribution
import ClearingModel
import EndOfDay
import Operations
import Quantities
import Replication

extension AttributionExplanation {
    /// Ten lines: what stood yesterday, what each kind of input did, what stands today, and which effect hangs most on
    /// the others; a column a figure. Where yesterday was corrected, two more before: what was reported, and by how
    /// much it was wrong.
    var lines: [String] {
        let title = "\(account), \(context.title) against \(before.title)"
        guard !callCurrencyChanged, let first = figures.first else {
            return [title, "  it is called in another currency than the night before: nothing is attributed"]
        }
        func amount(_ units: Int64) -> String {
            Money(minorUnits: units, currency: first.currency).amount.text(decimals: first.currency.decimals)
        }
        var rows = [
            [first.currency.code.description] + figures.map { $0.figure == .requirement ? "requirement" : "add-ons" }
        ]
        if figures.contains(where: { $0.correction != 0 }) {
            rows.append(["reported"] + figures.map { amount($0.reported ?? $0.change.yesterday ?? 0) })
            rows.append(["correction"] + figures.map { signed($0.correction, amount) })
        }
        rows.append(["yesterday"] + figures.map { amount($0.change.yesterday ?? 0) })
        for kind in AttributedKind.allCases {
            rows.append([kind.rawValue] + figures.map { signed($0.change.effects[kind.place].effect, amount) })
        }
        rows.append(["today"] + figures.map { amount($0.change.today ?? 0) })
        return [title] + AlignedRows.lines(rows, texts: [0])
            + figures.compactMap { interaction($0, amount) }
    }

    private func signed(_ units: Int64, _ amount: (Int64) -> String) -> String {
        units > 0 ? "+" + amount(units) : amount(units)
    }

    /// The effect that hangs most on the others: after the kinds above it are today's, and after those below it;
    /// nothing where none does.
    private func interaction(_ figure: AttributedFigure, _ amount: (Int64) -> String) -> String? {
        guard let largest = figure.change.largestInteraction else { return nil }
        let name = figure.figure == .requirement ? "requirement" : "add-ons"
        return "  \(name): \(largest.kind.rawValue) \(signed(largest.forward, amount)) after those above, "
            + "\(signed(largest.reverse, amount)) after those below"
    }
}

extension ExplanationDocument {
    init(_ explanation: AttributionExplanation) {
        self.init(
            explanation.context, subject: explanation.account.text,
            rows: [
                "attribution": explanation.figures.map { $0.cells(explanation) },
                "interaction": explanation.figures.flatMap(\.interactionCells),
            ])
    }
}

extension AttributedFigure {
    fileprivate func text(_ units: Int64) -> ExplanationDocument.Cell {
        .text(Money(minorUnits: units, currency: currency).amount.text(decimals: currency.decimals))
    }

    fileprivate func cells(_ explanation: AttributionExplanation) -> [String: ExplanationDocument.Cell] {
        var cells: [String: ExplanationDocument.Cell] = [
            "account": .code(account), "figure": .text(figure.rawValue), "currency": .currency(currency.code),
            "run_before": .integer(Int64(explanation.before.number)),
            "business_date_before": .text("\(explanation.before.businessDate)"),
            "reported_yesterday": text(reported ?? change.yesterday ?? 0), "correction": text(correction),
            "yesterday": text(change.yesterday ?? 0), "today": text(change.today ?? 0),
        ]
        for effect in change.effects { cells[effect.kind.rawValue] = text(effect.effect) }
        return cells
    }

    /// One row a kind; none of a figure that only one night has.
    fileprivate var interactionCells: [[String: ExplanationDocument.Cell]] {
        change.effects.map { effect in
            [
                "account": .code(account), "figure": .text(figure.rawValue), "effect": .text(effect.kind.rawValue),
                "forward": text(effect.forward), "reverse": text(effect.reverse),
            ]
        }
    }
}
