import ClearingModel
import Margining
import Quantities
import Testing

/// Case 48, every add-on and the member's charge to the cent.
@Suite(.enabled(if: CaseValue.isPresent, "MARGIN_EVIDENCE is not set"))
struct AddOnCaseTests {
    /// What an account holds in one combined commodity, from the case's expected figures.
    private struct Holding {
        let netDelta: Delta
        let base: Money
    }

    private func holding(_ commodity: String, _ expected: CaseValue) throws -> Holding {
        guard let row = expected["combined_commodities"]?.element(commodity),
            let risk = expected["risks"]?.element(commodity)
        else { return Holding(netDelta: .zero, base: dollars("0")) }
        return Holding(
            netDelta: Delta(rounding: try #require(row["net_delta"]?.decimal)),
            base: addOnBase(
                risk: dollars(risk["risk"]?.string ?? ""), netOptionValue: dollars(risk["nov"]?.string ?? "")))
    }

    private func concentration(_ row: CaseValue) throws -> ConcentrationCharge {
        let measure: ConcentrationMeasure =
            row["tiers_of"]?.string == "adv"
            ? .averageDailyVolume(try #require(row["average_daily_volume"]?.decimal))
            : .openInterest(try #require(row["open_interest"]?.decimal))
        return try ConcentrationCharge(
            combinedCommodity: CombinedCommodityCode(row["combined_commodity"]?.string ?? ""), measure: measure,
            tiers: try (row["tiers"]?.elements ?? []).map {
                ConcentrationTier(above: try #require($0["above"]?.decimal), rate: try #require($0["rate"]?.decimal))
            })
    }

    private func liquidityLine(_ group: CaseValue, _ expected: CaseValue) throws -> AddOnLine {
        let charge = try LiquidationHorizonCharge(
            group: LiquidityGroupCode(group["id"]?.string ?? ""),
            horizonDays: try #require(group["horizon_days"]?.decimal), currency: Desk.dollar)
        return try charge.line(
            try (group["members"]?.elements ?? []).map { member in
                let commodity = member["combined_commodity"]?.string ?? ""
                let holding = try holding(commodity, expected)
                return LiquidityGroupMember(
                    combinedCommodity: CombinedCommodityCode(commodity),
                    size: PositionSize(netDelta: holding.netDelta), base: holding.base,
                    averageDailyVolume: try #require(member["average_daily_volume"]?.decimal),
                    extraDays: try #require(member["extra_days"]?.decimal))
            })
    }

    private func lines(_ account: CaseValue, _ expected: CaseValue) throws -> [AddOnLine] {
        let addOns = account["add_ons"]
        var lines = try (addOns?["liquidity_groups"]?.elements ?? []).map { try liquidityLine($0, expected) }
        for row in addOns?["half_spreads"]?.elements ?? [] {
            let commodity = row["combined_commodity"]?.string ?? ""
            let charge = HalfSpreadCharge(
                combinedCommodity: CombinedCommodityCode(commodity),
                halfSpread: try #require(row["half_spread"]?.decimal),
                contractValueFactor: try #require(row["contract_value_factor"]?.decimal),
                tierFactor: try #require(row["tier_factor"]?.decimal))
            let size = PositionSize(netDelta: try holding(commodity, expected).netDelta)
            lines.append(try charge.line(size: size, currency: Desk.dollar))
        }
        for row in addOns?["impacts"]?.elements ?? [] {
            let commodity = row["combined_commodity"]?.string ?? ""
            let charge = MarketImpactCharge(
                combinedCommodity: CombinedCommodityCode(commodity),
                impactCoefficient: try #require(row["impact"]?.decimal),
                dailyVolatility: try #require(row["daily_sigma"]?.decimal),
                averageDailyVolume: try #require(row["average_daily_volume"]?.decimal),
                contractValueFactor: try #require(row["contract_value_factor"]?.decimal))
            let size = PositionSize(netDelta: try holding(commodity, expected).netDelta)
            lines.append(try charge.line(size: size, currency: Desk.dollar))
        }
        for row in addOns?["concentration"]?.elements ?? [] {
            let holding = try holding(row["combined_commodity"]?.string ?? "", expected)
            let size = PositionSize(netDelta: holding.netDelta)
            lines.append(try concentration(row).line(size: size, base: holding.base))
        }
        if let multiplier = account["credit_multiplier"]?.decimal {
            let requirement = dollars(expected["requirement"]?.string ?? "")
            lines.append(try creditGradeAddOn(requirement: requirement, multiplier: multiplier))
        }
        return lines
    }

    @Test func `every add-on line is that of case 48`() throws {
        let document = try CaseValue.read("48")
        let accounts = document["input"]?["accounts"]?.elements ?? []
        #expect(accounts.count == 5)
        for account in accounts {
            let id = account["id"]?.string ?? ""
            let expected = try #require(document["expected"]?["accounts"]?.element(id))
            let rows = expected["add_ons"]?.elements ?? []
            let lines = try lines(account, expected)
            #expect(lines.count == rows.count)
            for (line, row) in zip(lines, rows) {
                let name = row["name"]?.string
                #expect(line.kind.rawValue == (name == "credit_grade" ? "credit" : name))
                #expect(line.amount == (dollars(row["amount"]?.string ?? "")), "\(id) \(name ?? "")")
                if let item = row["id"]?.string { #expect(line.item.text == item) }
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
        let document = try CaseValue.read("48")
        let charge = try concentration(try #require(document["input"]?["member_concentration"]))
        let parts = try (document["expected"]?["accounts"]?.elements ?? []).map { expected in
            let holding = try holding(charge.combinedCommodity.text, expected)
            return AccountConcentration(
                account: AccountCode(expected["id"]?.string ?? ""), netDelta: holding.netDelta, base: holding.base,
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
