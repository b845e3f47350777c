import ClearingModel
import EndOfDay
import Operations
import Parameters
import Quantities
import Results
import RiskArrays
import Stress

/// The text of an explained shortfall while it is made: each line is an equation of figures that stand above or below
/// it.
struct StressText {
    private let explanation: StressExplanation
    private let showsAll: Bool
    private(set) var lines: [String] = []

    /// Of several parts the largest come first; a long list ends with the sum of its smallest, unless `showsAll`.
    init(_ explanation: StressExplanation, showsAll: Bool) {
        self.explanation = explanation
        self.showsAll = showsAll
        let scenario = explanation.scenario
        let base = explanation.base.code
        say(
            0,
            "\(explanation.subject), member \(explanation.member), \(explanation.context.title), stress set "
                + "\(explanation.set.code), amounts in \(base)")
        say(
            0,
            "scenario \(scenario.number) \(scenario.code)" + (explanation.isWorst ? ", the worst" : "") + ": "
                + scenario.kind.rawValue
                + (scenario.fromDate.map { from in " \(from)" } ?? "")
                + (scenario.toDate.map { to in " to \(to)" } ?? ""))
        explainShortfall()
        for addOn in explanation.addOns { explain(addOn) }
        let decimals = explanation.base.decimals
        func exact(_ minorUnits: Int64) -> ExactDecimal { ExactDecimal(minorUnits: minorUnits, decimals: decimals) }
        list(0, explanation.units.filter(\.isWalked), "units", of: { exact($0.shortfall) }) { text, unit in
            text.explain(unit)
        }
        let rest = explanation.units.filter { !$0.isWalked }
        if !rest.isEmpty { say(0, "short of nothing: \(rest.count) more units") }
    }

    private mutating func say(_ level: Int, _ text: String) {
        lines.append(String(repeating: "  ", count: level) + text)
    }

    /// An amount of a cost or loss with the decimals of its currency, where it is known, and with all of its own.
    private func money(_ amount: ExactDecimal, _ currency: CurrencyCode) -> String {
        let plain = amount.withoutTrailingZeros
        return plain.text(decimals: max(plain.scale, explanation.currencyDecimals[currency] ?? 0))
    }

    /// Says each part, the largest first, and of a long list how many more there are and what they come to.
    private mutating func list<Part>(
        _ level: Int, _ parts: [Part], _ name: String, in currency: CurrencyCode? = nil,
        of amount: (Part) -> ExactDecimal, _ say: (inout StressText, Part) -> Void
    ) {
        let list = FoldedList(parts, showsAll: showsAll, by: amount)
        for part in list.shown { say(&self, part) }
        guard !list.rest.isEmpty else { return }
        let sum = list.rest.reduce(ExactDecimal.zero) { $0 + amount($1) }
        let total = money(sum, currency ?? explanation.base.code)
        self.say(level, "\(list.rest.count) more \(name), together \(total); --all names them")
    }

    private func money(_ minorUnits: Int64) -> String { explanation.money(minorUnits) }

    private mutating func explainShortfall() {
        let total = money(explanation.shortfall)
        guard explanation.isWholeMember else {
            say(0, "shortfall \(total) = " + explanation.units.map { money($0.shortfall) }.joined(separator: " + "))
            return
        }
        let (house, clients) = (money(explanation.houseShortfall), money(explanation.clientShortfall))
        say(
            0,
            explanation.set.houseSurplusCoversClients
                ? "shortfall \(total) = house \(house) + max(0, clients \(clients) − house surplus "
                    + "\(money(explanation.houseSurplus)))"
                : "shortfall \(total) = house \(house) + clients \(clients)")
    }

    private mutating func explain(_ addOn: StressExplanation.AddOn) {
        let result = addOn.result
        let decimals = explanation.base.decimals
        say(
            0,
            "stress add-on of account \(result.account): \(result.amount.text(decimals: decimals)), called as "
                + "\(result.converted) \(result.callCurrency)")
        say(
            1,
            "charge of member \(explanation.member) \(result.charge.text(decimals: decimals)) = shortfall "
                + "\(result.shortfall.text(decimals: decimals)) in scenario \(result.scenario) \(addOn.scenario) − "
                + "share \(addOn.share) × guaranty fund \(result.fund.text(decimals: decimals))")
        say(1, "shared by what is lacking there: of the account \(money(addOn.lack))")
    }

    private mutating func explain(_ unit: StressExplanation.Unit) {
        say(
            0,
            "unit \(unit.name): shortfall \(money(unit.shortfall)) = max(0, exposure \(money(unit.exposure)) − cover "
                + "\(money(unit.cover)))")
        let decimals = explanation.base.decimals
        func exact(_ minorUnits: Int64) -> ExactDecimal { ExactDecimal(minorUnits: minorUnits, decimals: decimals) }
        list(1, unit.portfolios, "accounts", of: { exact($0.exposure) }) { text, portfolio in
            let owner = portfolio.owner == .none ? "" : ", owner \(portfolio.owner)"
            text.say(
                1,
                "account \(portfolio.account)\(owner): exposure \(text.money(portfolio.exposure)), cover "
                    + "\(text.money(portfolio.cover))")
            guard let walk = portfolio.walk else { return }
            for currency in FoldedList(walk.currencies, showsAll: true, by: { exact($0.inBase) }).shown {
                text.explain(currency, walk)
            }
        }
    }

    private mutating func explain(_ step: StressWalk.CurrencyStep, _ walk: StressWalk) {
        let currency = step.currency
        say(2, "\(currency) \(money(step.cost, currency)) × \(step.rate) = \(money(step.inBase))")
        list(3, step.commodities, "combined commodities", in: currency, of: \.cost) { text, commodity in
            text.say(3, "\(commodity.combinedCommodity) \(text.money(commodity.cost, currency))")
            text.list(4, commodity.positions, "positions", in: currency, of: \.cost) { text, position in
                text.explain(position, walk, currency)
            }
        }
    }

    private mutating func explain(_ position: StressWalk.PositionStep, _ walk: StressWalk, _ currency: CurrencyCode) {
        let value = position.netOptionValue
        let loss = "loss \(money(position.loss, currency))"
        let lost = loss + (value == .zero ? "" : " − option value \(money(value, currency))")
        let cost = money(position.cost, currency)
        if walk.isGross {
            say(
                4,
                "\(position.series): \(position.long) long × max(0, \(lost)) + \(position.short) short × max(0, "
                    + "−(\(lost))) = \(cost)")
        } else {
            say(4, "\(position.series): \(position.long - position.short) × (\(lost)) = \(cost)")
        }
        let shown = position.value
        say(5, "moved by \(position.move.words)")
        say(
            5,
            "price \(shown.price) → \(shown.movedPriceText)"
                + (shown.volatility.map { now in
                    ", volatility \(now) → \(shown.movedVolatility ?? now)"
                } ?? ""))
        say(
            5,
            "\(loss) = \(position.contractValueFactor) × (value \(shown.valueText) − \(shown.movedValueText)), rounded")
    }
}

extension StressExplanation.Unit {
    /// Whether its portfolios are walked.
    var isWalked: Bool { portfolios.allSatisfy { $0.walk != nil } }
}

extension StressExplanation {
    /// Whether it is of a member and not of a part of it.
    var isWholeMember: Bool { subject == member.text }

    /// Minor units of the base currency as a decimal.
    func money(_ minorUnits: Int64) -> String {
        ExactDecimal(minorUnits: minorUnits, decimals: base.decimals).text(decimals: base.decimals)
    }
}

extension StressMove {
    /// `CRUDE 2019-03 to 2019-06: price relative -0.25, volatility relative 0.5`.
    fileprivate var words: String {
        let months =
            switch (fromMonth, toMonth) {
            case (nil, nil): "all months"
            case (let from?, nil): "from \(from)"
            case (nil, let to?): "to \(to)"
            case (let from?, let to?): "\(from) to \(to)"
            }
        return "the row of \(combinedCommodity?.text ?? "all others"), \(months): price \(price.kind.rawValue) "
            + "\(price.amount), volatility \(volatility.kindText) \(volatility.amount)"
    }
}

extension StressedValue {
    /// Exact wherever the move is.
    var movedPriceText: String { exactMovedPrice.map { "\($0)" } ?? "\(movedPrice)" }

    /// A linear future's value is its price, exact.
    var valueText: String { value == price.double ? "\(price)" : "\(value)" }

    var movedValueText: String { movedValue == movedPrice ? movedPriceText : "\(movedValue)" }
}
