import ClearingModel
import Margining
import Parameters
import Quantities
import Testing
import TestSupport

/// Case 48, every add-on and the member's charge to the cent.
@Suite(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE is not set"))
struct AddOnCaseTests {
    /// What an account holds in one combined commodity, from the case's expected figures.
    private struct Holding {
        let netDelta: Delta
        let base: Money
    }

    private func holding(_ commodity: String, _ expected: JSONValue) throws -> Holding {
        guard let row = expected["combined_commodities"]?.element(commodity),
            let risk = expected["risks"]?.element(commodity)
        else { return Holding(netDelta: .zero, base: dollars("0")) }
        return Holding(
            netDelta: Delta(rounding: try #require(row["net_delta"]?.decimal)),
            base: addOnBase(
                risk: dollars(risk["risk"]?.text ?? ""), netOptionValue: dollars(risk["nov"]?.text ?? "")))
    }

    private func concentration(_ row: JSONValue) throws -> ConcentrationCharge {
        let measure: ConcentrationMeasure =
            row["tiers_of"]?.text == "adv"
            ? .averageDailyVolume(try #require(row["average_daily_volume"]?.decimal))
            : .openInterest(try #require(row["open_interest"]?.decimal))
        return try ConcentrationCharge(
            combinedCommodity: CombinedCommodityCode(row["combined_commodity"]?.text ?? ""), measure: measure,
            tiers: try (row["tiers"]?.list ?? []).map {
                ConcentrationTier(above: try #require($0["above"]?.decimal), rate: try #require($0["rate"]?.decimal))
            })
    }

    private func liquidityLine(_ group: JSONValue, _ expected: JSONValue) throws -> AddOnLine {
        let charge = try LiquidationHorizonCharge(
            group: LiquidityGroupCode(group["id"]?.text ?? ""),
            horizonDays: try #require(group["horizon_days"]?.decimal), currency: SmallBook.dollar)
        return try charge.line(
            try (group["members"]?.list ?? []).map { member in
                let commodity = member["combined_commodity"]?.text ?? ""
                let holding = try holding(commodity, expected)
                return LiquidityGroupMember(
                    combinedCommodity: CombinedCommodityCode(commodity),
                    size: PositionSize(netDelta: holding.netDelta), base: holding.base,
                    averageDailyVolume: try #require(member["average_daily_volume"]?.decimal),
                    extraDays: try #require(member["extra_days"]?.decimal))
            })
    }

    private func lines(_ account: JSONValue, _ expected: JSONValue) throws -> [AddOnLine] {
        let addOns = account["add_ons"]
        var lines = try (addOns?["liquidity_groups"]?.list ?? []).map { try liquidityLine($0, expected) }
        for row in addOns?["half_spreads"]?.list ?? [] {
            let commodity = row["combined_commodity"]?.text ?? ""
            let charge = HalfSpreadCharge(
                combinedCommodity: CombinedCommodityCode(commodity),
                halfSpread: try #require(row["half_spread"]?.decimal),
                contractValueFactor: try #require(row["contract_value_factor"]?.decimal),
                tierFactor: try #require(row["tier_factor"]?.decimal))
            let size = PositionSize(netDelta: try holding(commodity, expected).netDelta)
            lines.append(try charge.line(size: size, currency: SmallBook.dollar))
        }
        for row in addOns?["impacts"]?.list ?? [] {
            let commodity = row["combined_commodity"]?.text ?? ""
            let charge = MarketImpactCharge(
                combinedCommodity: CombinedCommodityCode(commodity),
                impactCoefficient: try #require(row["impact"]?.decimal),
                dailyVolatility: try #require(row["daily_sigma"]?.decimal),
                averageDailyVolume: try #require(row["average_daily_volume"]?.decimal),
                contractValueFactor: try #require(row["contract_value_factor"]?.decimal))
            let size = PositionSize(netDelta: try holding(commodity, expected).netDelta)
            lines.append(try charge.line(size: size, currency: SmallBook.dollar))
        }
        for row in addOns?["concentration"]?.list ?? [] {
            let holding = try holding(row["combined_commodity"]?.text ?? "", expected)
            let size = PositionSize(netDelta: holding.netDelta)
            lines.append(try concentration(row).line(size: size, base: holding.base))
        }
        if let multiplier = account["credit_multiplier"]?.decimal {
            let requirement = dollars(expected["requirement"]?.text ?? "")
            lines.append(try creditGradeAddOn(requirement: requirement, multiplier: multiplier))
        }
        return lines
    }

    @Test func `every add-on line is that of case 48`() throws {
        let document = try JSONValue.file(Evidence.caseFile("48"))
        let accounts = document["input"]?["accounts"]?.list ?? []
        #expect(accounts.count == 5)
        for account in accounts {
            let id = account["id"]?.text ?? ""
            let expected = try #require(document["expected"]?["accounts"]?.element(id))
            let rows = expected["add_ons"]?.list ?? []
            let lines = try lines(account, expected)
            #expect(lines.count == rows.count)
            for (line, row) in zip(lines, rows) {
                let name = row["name"]?.text
                #expect(line.kind.rawValue == (name == "credit_grade" ? "credit" : name))
                #expect(line.amount == (dollars(row["amount"]?.text ?? "")), "\(id) \(name ?? "")")
                if let item = row["id"]?.text { #expect(line.item.text == item) }
                if let base = row["base"]?.decimal { #expect(line.base.amount == base) }
                if let size = row["size"]?.decimal { #expect(line.size?.contracts == size) }
                if let days = row["liquidation_days"]?.decimal {
                    #expect(line.liquidationDays?.rounded(toScale: 20) == days)
                }
                #expect(!line.driver.isEmpty)
            }
        }
    }

    @Test func `the member's concentration and its allocation are those of case 48`() throws {
        let document = try JSONValue.file(Evidence.caseFile("48"))
        let charge = try concentration(try #require(document["input"]?["member_concentration"]))
        let parts = try (document["expected"]?["accounts"]?.list ?? []).map { expected in
            let holding = try holding(charge.combinedCommodity.text, expected)
            return AccountConcentration(
                account: AccountCode(expected["id"]?.text ?? ""), netDelta: holding.netDelta, base: holding.base,
                ownCharge: try charge.amount(size: PositionSize(netDelta: holding.netDelta), base: holding.base))
        }
        let member = try MemberConcentration(charge: charge, accounts: parts)
        let expected = try #require(document["expected"]?["member_concentration"])
        #expect(member.size.contracts == expected["net"]?.decimal)
        #expect(member.base.amount == expected["base"]?.decimal)
        #expect(member.memberCharge.amount == expected["member_charge"]?.decimal)
        #expect(member.ownCharges.amount == expected["own_charges"]?.decimal)
        #expect(member.excess.amount == expected["excess"]?.decimal)
        let shares = try #require(expected["allocation"])
        #expect(member.allocation.map(\.account.text) == shares.keys)
        for share in member.allocation { #expect(share.amount.amount == shares[share.account.text]?.decimal) }
        #expect(member.lines.map(\.line.item.text) == Array(repeating: "CORN", count: 5))
    }
}
