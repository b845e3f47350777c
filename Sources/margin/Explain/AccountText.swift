import ClearingModel
import EndOfDay
import Margining
import MarginCalls
import Operations
import Quantities
import Results

extension AccountExplanation {
    /// Walks the call back to the array values it comes from, each step an equation of figures that stand above or
    /// below it, of several parts the largest first; `item` is a combined commodity or risk group to show alone, nil
    /// for everything. A long list ends with the sum of its smallest parts, unless `showsAll`.
    func lines(item: String?, showsAll: Bool) -> [String] {
        var text = AccountText(self, item: item, showsAll: showsAll)
        text.explain()
        return text.lines
    }
}

/// The text of an account's explanation while it is made.
struct AccountText {
    let explanation: AccountExplanation
    let item: String?
    private let showsAll: Bool
    private(set) var lines: [String] = []

    fileprivate init(_ explanation: AccountExplanation, item: String?, showsAll: Bool) {
        self.explanation = explanation
        self.item = item
        self.showsAll = showsAll
    }

    mutating func say(_ level: Int, _ text: String) {
        lines.append(String(repeating: "  ", count: level) + text)
    }

    /// An amount with its currency's decimals, and with all of its own where it has more: it is never rounded here.
    func money(_ amount: ExactDecimal, _ currency: CurrencyCode) -> String {
        let plain = amount.withoutTrailingZeros
        return plain.text(decimals: max(plain.scale, explanation.currencyDecimals[currency] ?? 0))
    }

    /// The same of an amount that may be missing; `none` then.
    func money(_ amount: ExactDecimal?, _ currency: CurrencyCode) -> String {
        amount.map { money($0, currency) } ?? "none"
    }

    /// Says each part of a list, the largest first, and what a long list folds: how many more, and their sum by
    /// currency.
    mutating func list<Part>(
        _ level: Int, _ parts: [Part], _ name: String, of amount: (Part) -> ExactDecimal,
        in currency: (Part) -> CurrencyCode, _ say: (inout AccountText, Part) -> Void
    ) {
        let list = FoldedList(parts, showsAll: showsAll, by: amount)
        for part in list.shown { say(&self, part) }
        guard !list.rest.isEmpty else { return }
        let sums = Dictionary(list.rest.map { (currency($0), amount($0)) }, uniquingKeysWith: +)
            .sorted { $0.key < $1.key }.map { "\(money($0.value, $0.key)) \($0.key)" }
        self.say(level, "\(list.rest.count) more \(name), together \(sums.joined(separator: ", ")); --all names them")
    }

    fileprivate mutating func explain() {
        let context = explanation.context
        say(
            0,
            "\(explanation.account), member \(explanation.call.member), \(context.title), parameter set "
                + "\(context.parameterSet)")
        explain(explanation.call)
        explainParts()
        explainSimulations()
        explainComponents()
    }

    private mutating func explain(_ call: CallResult) {
        let currency = call.callCurrency
        say(
            0,
            "call \(money(call.callAmount, currency)) \(currency), return \(money(call.returnAmount, currency)): "
                + "\(call.reason.rawValue), due \(call.dueDate)")
        let collected = call.intradayCollected
        say(
            1,
            "deficit \(money(call.deficit, currency)) = requirement \(money(call.requirement, currency)) + add-ons "
                + "\(money(call.addOns, currency)) + unpaid variation margin "
                + "\(money(call.unpaidVariationMargin, currency)) − collateral \(money(call.collateralValue, currency))"
                + (collected == .zero ? "" : " − collected intraday \(money(collected, currency))"))
        let lot = money(call.lot, currency)
        if let trigger = call.intradayTrigger {
            say(
                1,
                "called intraday when the deficit is above the trigger \(money(trigger, currency)); rounded to the lot "
                    + "\(lot); nothing is returned")
        } else if let threshold = call.threshold, explanation.context.cycle == .endOfDay {
            say(
                1,
                "called when the deficit is above threshold \(money(threshold, currency)) + minimum transfer amount "
                    + "\(money(call.minimumTransferAmount, currency)); rounded to the lot \(lot)")
        }
    }

    /// The parts of the deficit, the largest first; of an item alone the requirement.
    private mutating func explainParts() {
        guard item == nil else { return explainRequirement() }
        let call = explanation.call
        let parts: [(amount: ExactDecimal, say: (inout AccountText) -> Void)] = [
            (call.requirement, { $0.explainRequirement() }), (call.addOns, { $0.explainAddOns() }),
            (call.unpaidVariationMargin, { $0.explainVariationMargin() }),
            (call.collateralValue, { $0.explainCollateral() }),
        ]
        for part in FoldedList(parts, showsAll: true, by: \.amount).shown { part.say(&self) }
    }

    private mutating func explainAddOns() {
        list(1, explanation.addOns, "add-ons", of: \.converted, in: \.callCurrency) { text, addOn in
            text.say(
                1,
                "add-on \(addOn.kind.rawValue) \(addOn.itemText): \(text.money(addOn.amount, addOn.currency)) "
                    + "\(addOn.currency) on \(text.money(addOn.base, addOn.currency)); \(addOn.driver); counts "
                    + "\(text.money(addOn.converted, addOn.callCurrency)) \(addOn.callCurrency)")
        }
    }

    private mutating func explainCollateral() {
        let currency = explanation.call.callCurrency
        list(1, explanation.collateral, "items of collateral", of: \.accepted, in: { _ in currency }) { text, value in
            text.say(
                1,
                "collateral \(value.item), \(value.asset): \(value.quantity) × \(value.price) × (1 − \(value.haircut)) "
                    + "× \(value.fxRate) × (1 − \(value.fxHaircut)) = "
                    + "\(text.money(value.valueBeforeLimits, currency)), counts "
                    + "\(text.money(value.accepted, currency)) \(currency)"
                    + (value.excluded == .none ? "" : " (\(value.excluded.rawValue))"))
        }
    }

    private mutating func explainRequirement() {
        list(0, explanation.requirements, "currencies", of: \.converted, in: \.callCurrency) { text, part in
            text.say(
                0,
                "requirement \(text.money(part.amount, part.currency)) \(part.currency) × \(part.fxRate) × (1 + "
                    + "\(part.fxHaircut)) = \(text.money(part.converted, part.callCurrency)) \(part.callCurrency)")
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
