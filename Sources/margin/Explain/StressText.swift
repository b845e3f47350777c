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
    private(set) var lines: [String] = []

    init(_ explanation: StressExplanation) {
        self.explanation = explanation
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
        for unit in explanation.units where unit.isWalked { explain(unit) }
        let rest = explanation.units.filter { !$0.isWalked }
        if !rest.isEmpty { say(0, "short of nothing: \(rest.count) more units") }
    }

    private mutating func say(_ level: Int, _ text: String) {
        lines.append(String(repeating: "  ", count: level) + text)
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
        for portfolio in unit.portfolios {
            let owner = portfolio.owner == .none ? "" : ", owner \(portfolio.owner)"
            say(
                1,
                "account \(portfolio.account)\(owner): exposure \(money(portfolio.exposure)), cover "
                    + "\(money(portfolio.cover))")
            guard let walk = portfolio.walk else { continue }
            for currency in walk.currencies { explain(currency, walk) }
        }
    }

    private mutating func explain(_ currency: StressWalk.CurrencyStep, _ walk: StressWalk) {
        say(2, "\(currency.currency) \(currency.cost) × \(currency.rate) = \(money(currency.inBase))")
        for commodity in currency.commodities {
            say(3, "\(commodity.combinedCommodity) \(commodity.cost)")
            for position in commodity.positions { explain(position, walk) }
        }
    }

    private mutating func explain(_ position: StressWalk.PositionStep, _ walk: StressWalk) {
        let value = position.netOptionValue == .zero ? "" : " − option value \(position.netOptionValue)"
        let loss = "loss \(position.loss)"
        if walk.isGross {
            say(
                4,
                "\(position.series): \(position.long) long × max(0, \(loss)\(value)) + \(position.short) short × "
                    + "max(0, −(\(loss)\(value))) = \(position.cost)")
        } else {
            say(4, "\(position.series): \(position.long - position.short) × (\(loss)\(value)) = \(position.cost)")
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
