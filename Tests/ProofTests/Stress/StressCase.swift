import Foundation
import PlainMargin
import Quantities
import TestSupport

/// A separately computed case of §8, as the second implementation takes it.
struct StressCase {
    let house: PlainStressHouse
    /// The figures of `expected.stress`.
    let expected: JSONValue

    init(path: String) throws {
        let document = try JSONValue.file(path)
        guard let input = document["input"], let stress = input["stress"],
            let expected = document["expected"]?["stress"]
        else { throw CaseError(what: "no stress case") }
        self.expected = expected
        var reader = StressCaseReader(input: input, stress: stress)
        house = try reader.house(
            accounts: document["expected"]?["accounts"]?.list ?? [], arrays: expected["arrays"]?.members ?? [:])
    }
}

/// Reads a case's input.
private struct StressCaseReader {
    let input: JSONValue
    let stress: JSONValue
    private var house = PlainStressHouse(baseCurrency: "")

    init(input: JSONValue, stress: JSONValue) {
        self.input = input
        self.stress = stress
    }

    mutating func house(accounts: [JSONValue], arrays: [String: JSONValue]) throws -> PlainStressHouse {
        house.baseCurrency = try stress.text("base_currency")
        for (code, currency) in input["currencies"]?.members ?? [:] {
            house.currencies.append(PlainCurrency(code, decimals: try currency.whole("minor_unit_decimals")))
        }
        for row in input["fx"]?.list ?? [] {
            house.conversions.append(
                PlainConversion(
                    from: try row.text("from"), to: try row.text("to"), rate: try row.rational("rate"),
                    haircut: try row.rational("haircut")))
        }
        for row in input["combined_commodities"]?.list ?? [] {
            var commodity = PlainCommodity(try row.text("id"), currency: try row.text("currency"))
            commodity.arrayDecimals = try row.whole("array_decimals")
            house.commodities.append(commodity)
        }
        for row in stress["scenarios"]?.list ?? [] { house.scenarios.append(try scenario(row)) }
        for row in input["contracts"]?.list ?? [] { house.series.append(try series(row, arrays)) }
        for row in stress["members"]?.list ?? [] {
            house.members.append(PlainStressMember(try row.text("member"), group: row["group"]?.text))
        }
        for row in input["accounts"]?.list ?? [] {
            guard let figures = accounts.first(where: { $0["id"] == row["id"] }) else {
                throw CaseError(what: "no expected account")
            }
            house.accounts.append(try account(row, figures))
        }
        try readTerms()
        return house
    }

    private mutating func readTerms() throws {
        house.houseSurplusCoversClients = stress["house_surplus_covers_clients"]?.flag == true
        house.addOnShare = try stress["add_on_share"].map { _ in try stress.rational("add_on_share") }
        if let fund = stress["guaranty_fund"] {
            house.fund = PlainForeignAmount(try fund.rational("amount"), try fund.text("currency"))
        }
        house.contributions = try amounts(stress["contributions"])
        if let reverse = stress["reverse"] {
            house.reverse = PlainReverseTerms(step: try reverse.rational("step"), max: try reverse.rational("max"))
            house.repricing = try BlackRepricing(input: input, stress: stress, arrayDecimals: arrayDecimals).closure
        }
        guard let row = stress["second_round"] else { return }
        var terms = PlainSecondRoundTerms(
            roundCap: try row.whole("round_cap"), closeOutDays: try row.whole("close_out_days"),
            clientsAreClosedOut: row["clients_are_closed_out"]?.flag == true)
        terms.resources = try amounts(row["liquidity_resources"])
        terms.scenario = row["scenario"]?.text.flatMap { Int($0) }
        terms.groups = row["defaulters"].map { $0.list.compactMap(\.text) }
        for market in row["impacts"]?.list ?? [] {
            terms.markets.append(
                PlainCloseOutMarket(
                    try market.text("combined_commodity"), impactCoefficient: try market.rational("impact_coefficient"),
                    dailyVolatility: try market.rational("daily_volatility"),
                    averageDailyVolume: try market.rational("average_daily_volume")))
        }
        house.secondRound = terms
    }

    private var arrayDecimals: [String: Int] {
        Dictionary(house.commodities.map { ($0.code, $0.arrayDecimals) }, uniquingKeysWith: { first, _ in first })
    }

    private func amounts(_ rows: JSONValue?) throws -> [PlainMemberAmount] {
        try (rows?.list ?? []).map { row in
            PlainMemberAmount(try row.text("member"), try row.rational("amount"), try row.text("currency"))
        }
    }

    private func scenario(_ row: JSONValue) throws -> PlainStressScenario {
        let moves = try (row["moves"]?.list ?? []).map { row in
            let kinds: [String: PlainPriceMoveKind] = ["relative": .relative, "log": .log, "absolute": .absolute]
            guard let kind = kinds[try row.text("price_kind")] else { throw CaseError(what: "no price kind") }
            var move = PlainStressMove(
                row["combined_commodity"]?.text, from: try row["from_month"].flatMap { try $0.month },
                to: try row["to_month"].flatMap { try $0.month }, kind, try row.rational("price_move"))
            move.volatilityKind = try row.text("volatility_kind") == "points" ? .points : .relative
            move.volatilityMove = try row.rational("volatility_move")
            return move
        }
        return PlainStressScenario(try row.whole("number"), try row.text("id"), moves: moves)
    }

    private func series(_ row: JSONValue, _ arrays: [String: JSONValue]) throws -> PlainStressSeries {
        let code = try row.text("key")
        var series = PlainStressSeries(
            code, of: try row.text("combined_commodity"), try row["month"]?.month ?? 0,
            price: try row.rational("settlement"))
        series.contractValueFactor = try row.rational("contract_value_factor")
        if row["delta_scaling_factor"] != nil { series.deltaScalingFactor = try row.rational("delta_scaling_factor") }
        if try row.text("kind") == "option" {
            let isPremium = try row.text("style") == "premium"
            series.kind = try row.text("right") == "call" ? .call(isPremium: isPremium) : .put(isPremium: isPremium)
            series.underlyingPrice = try row.rational("underlying_price")
        }
        // Of the reverse case nothing is given: its own prices of options have to meet the arrays too.
        guard stress["reverse"] == nil else { return series }
        for (number, value) in (arrays[code]?.list ?? []).enumerated() {
            let isExact = try row.text("kind") == "future" && isExactIn(number + 1, series)
            guard !isExact, let text = value.text else { continue }
            series.givenValues[number + 1] = Rational(stringLiteral: text)
        }
        return series
    }

    private func isExactIn(_ number: Int, _ series: PlainStressSeries) -> Bool {
        let moves = house.scenarios.first { $0.number == number }?.moves ?? []
        return moves.allSatisfy { $0.priceKind != .log }
            || moves.contains { $0.commodity == series.commodity }
                && moves.allSatisfy { $0.commodity != series.commodity || $0.priceKind != .log }
    }

    private func account(_ row: JSONValue, _ figures: JSONValue) throws -> PlainStressAccount {
        let types: [String: PlainMarginingType] = [
            "net": .net, "gross_omnibus": .grossOmnibus, "segregated": .segregated,
        ]
        guard let type = types[try row.text("type")] else { throw CaseError(what: "no margining type") }
        let requirement = try figures.rational("requirement")
        let callCurrency = try input.text("call_currency")
        var owners = [PlainStressOwner(positions: try positions(row), requirement: requirement)]
        if type == .segregated { owners = try segregated(row, requirement: requirement, callCurrency) }
        var account = PlainStressAccount(
            try row.text("id"), member: try row.text("member"), isHouse: try row.text("origin") == "house", type: type,
            callCurrency: callCurrency, owners: owners)
        account.addOns = try (figures["add_ons"]?.list ?? []).map { PlainAddOnLine(try $0.rational("amount")) }
        for item in row["collateral"]?.list ?? [] {
            guard try item.text("currency") == callCurrency else { throw CaseError(what: "foreign collateral") }
            account.acceptedCollateral +=
                (try item.rational("quantity") * item.rational("price") * (1 - item.rational("haircut"))).rounded(2)
        }
        return account
    }

    private func positions(_ row: JSONValue) throws -> [PlainPosition] {
        try (row["positions"]?.list ?? []).map { row in
            if row["quantity"] == nil {
                return PlainPosition(
                    try row.text("contract"), long: try row.whole("long"), short: try row.whole("short"))
            }
            let quantity = try row.whole("quantity")
            return PlainPosition(try row.text("contract"), long: max(0, quantity), short: max(0, -quantity))
        }
    }

    /// The requirement of each owner by §5 and §6; one who holds options has what the others leave of the account's.
    private func segregated(
        _ row: JSONValue, requirement: Rational, _ callCurrency: String
    ) throws -> [PlainStressOwner] {
        var scanned = PlainHouse.classicHouse()
        var futures: Set<String> = []
        for row in input["combined_commodities"]?.list ?? [] {
            let decimals = try row.whole("array_decimals")
            scanned.commodity(try row.text("id"), currency: try row.text("currency"), decimals: decimals)
            for contract in input["contracts"]?.list ?? []
            where contract["combined_commodity"] == row["id"] && contract["kind"]?.text == "future" {
                let code = try contract.text("key")
                let factor = try contract.rational("contract_value_factor")
                let risk = try (row["price_scan_range"] ?? .null).rational("value") * factor
                scanned.future(
                    code, of: try row.text("id"), try contract["month"]?.month ?? 0, risk: risk, factor: factor)
                futures.insert(code)
            }
        }
        var rest = requirement
        var owners: [PlainStressOwner] = []
        var withOptions: [Int] = []
        for owner in row["owners"]?.list ?? [] {
            var account = PlainAccount(callCurrency: callCurrency)
            account.owners = [try positions(owner)]
            let hasOptions = account.owners[0].contains { !futures.contains($0.series) }
            let own = hasOptions ? 0 : scanned.requirement(of: account).requirement
            if hasOptions { withOptions.append(owners.count) }
            rest -= own
            owners.append(PlainStressOwner(try owner.text("id"), positions: account.owners[0], requirement: own))
        }
        guard withOptions.count <= 1 else { throw CaseError(what: "two owners with options") }
        for position in withOptions { owners[position].requirement = rest }
        guard !withOptions.isEmpty || rest == 0 else { throw CaseError(what: "owners do not add up") }
        return owners
    }
}

extension JSONValue {
    func rational(_ key: String) throws -> Rational {
        let parts = try text(key).split(separator: "/").map { Rational(stringLiteral: String($0)) }
        return parts.count == 2 ? parts[0] / parts[1] : parts[0]
    }

    func whole(_ key: String) throws -> Int {
        guard let whole = Int(try text(key)) else { throw CaseError(what: "no whole number \(key)") }
        return whole
    }

    /// `2025-08` as 202508; nil where it is null.
    fileprivate var month: Int? {
        get throws {
            if self == .null { return nil }
            guard let month = text.flatMap({ Int($0.filter { $0 != "-" }) }) else { throw CaseError(what: "no month") }
            return month
        }
    }
}
