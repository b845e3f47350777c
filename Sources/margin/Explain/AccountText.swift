import ClearingModel
import EndOfDay
import Margining
import MarginCalls
import Operations
import Quantities
import Results

extension AccountExplanation {
    /// Walks the call back to the array values it comes from, each step an equation of figures that stand above or
    /// below it; `item` is a combined commodity or risk group to show alone, nil for everything.
    func lines(item: String?) -> [String] {
        var text = AccountText(self, item: item)
        text.explain()
        return text.lines
    }
}

/// The text of an account's explanation while it is made.
struct AccountText {
    let explanation: AccountExplanation
    let item: String?
    private(set) var lines: [String] = []

    fileprivate init(_ explanation: AccountExplanation, item: String?) {
        self.explanation = explanation
        self.item = item
    }

    mutating func say(_ level: Int, _ text: String) {
        lines.append(String(repeating: "  ", count: level) + text)
    }

    fileprivate mutating func explain() {
        let context = explanation.context
        say(
            0,
            "\(explanation.account), member \(explanation.call.member), \(context.title), parameter set "
                + "\(context.parameterSet)")
        explain(explanation.call)
        if item == nil { explainMoney() }
        explainRequirement()
        explainSimulations()
        explainComponents()
    }

    private mutating func explain(_ call: CallResult) {
        say(
            0,
            "call \(call.callAmount) \(call.callCurrency), return \(call.returnAmount): \(call.reason.rawValue), due "
                + "\(call.dueDate)")
        say(
            1,
            "deficit \(call.deficit) = requirement \(call.requirement) + add-ons \(call.addOns) + unpaid variation "
                + "margin \(call.unpaidVariationMargin) − collateral \(call.collateralValue)"
                + (call.intradayCollected == .zero ? "" : " − collected intraday \(call.intradayCollected)"))
        let lot = call.lot.shown
        if let trigger = call.intradayTrigger {
            say(
                1,
                "called intraday when the deficit is above the trigger \(trigger); rounded to the lot \(lot); nothing "
                    + "is returned")
        } else if let threshold = call.threshold, explanation.context.cycle == .endOfDay {
            say(
                1,
                "called when the deficit is above threshold \(threshold) + minimum transfer amount "
                    + "\(call.minimumTransferAmount.shown); rounded to the lot \(lot)")
        }
    }

    private mutating func explainMoney() {
        for addOn in explanation.addOns {
            say(
                1,
                "add-on \(addOn.kind.rawValue) \(addOn.itemText): \(addOn.amount) \(addOn.currency) on \(addOn.base); "
                    + "\(addOn.driver); counts \(addOn.converted) \(addOn.callCurrency)")
        }
        for line in explanation.variationMargin {
            let (from, to, factor) = (line.fromPrice, line.toPrice, line.contractValueFactor)
            let move = line.isInverse ? "\(factor) × (1/\(from) − 1/\(to))" : "(\(to) − \(from)) × \(factor)"
            say(
                1,
                "variation margin, \(line.kind.rawValue) \(line.series): \(line.quantity) × \(move) = \(line.amount) "
                    + "\(line.currency)")
        }
        explainUnpaid()
        for value in explanation.collateral {
            say(
                1,
                "collateral \(value.item), \(value.asset): \(value.quantity) × \(value.price) × (1 − \(value.haircut)) "
                    + "× \(value.fxRate) × (1 − \(value.fxHaircut)) = \(value.valueBeforeLimits), counts "
                    + "\(value.accepted) \(explanation.call.callCurrency)"
                    + (value.excluded == .none ? "" : " (\(value.excluded.rawValue))"))
        }
    }

    private mutating func explainRequirement() {
        for requirement in explanation.requirements {
            say(
                0,
                "requirement \(requirement.amount) \(requirement.currency) × \(requirement.fxRate) × (1 + "
                    + "\(requirement.fxHaircut)) = \(requirement.converted) \(requirement.callCurrency)")
        }
        explainCurrencies()
    }

    /// `owner O1, `; nothing where an account has no owners.
    func ownerText(_ owner: OwnerCode) -> String { owner == .none ? "" : "owner \(owner), " }
}

extension AddOnResult {
    /// What it is for, behind whose position it charges: `member BASIS`, `O1 BASIS`, `BASIS`.
    var itemText: String {
        (level == .member ? "member " : "") + (owner == .none ? "" : "\(owner) ") + item.text
    }
}

extension ExactDecimal? {
    /// In its shortest plain text; `none` for nil.
    var shown: String { map { "\($0)" } ?? "none" }
}
