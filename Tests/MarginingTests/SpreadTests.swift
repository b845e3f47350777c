import ClearingModel
import Margining
import Quantities
import Testing

/// Limits of docs/methodology.md §6.1–6.4, computed by hand.
struct SpreadTests {
    /// Futures of 1000 a contract in three months, each its own tier, and all of them together.
    private func calendar() throws -> SmallBook {
        var book = try SmallBook()
        book.commodity("X")
        for (key, contractMonth) in [("F1", "2026-01"), ("F2", "2026-02"), ("F3", "2026-03")] {
            book.future(key, of: "X", contractMonth, risk: "1000")
        }
        book.tier("T1", of: "X", "2026-01")
        book.tier("T2", of: "X", "2026-02")
        book.tier("T3", of: "X", "2026-03")
        book.tier("ALL", of: "X", "2026-01", "2026-02", "2026-03")
        return book
    }

    private func counts(_ risk: CombinedCommodityRisk) -> [String] {
        risk.intraSpreads.map { "\($0.spread) \($0.aSide.rawValue) \($0.count)" }
    }

    @Test func `a spread count is cut off at 4 decimals`() throws {
        var book = try calendar()
        book.intraSpread("S", of: "X", charge: .flat(exact("7")), ("T1", "3", .a), ("T2", "1", .b))
        let risk = try book.requirement(["F1": 10, "F2": -9]).commodity()
        #expect(counts(risk) == ["0 long 3.3333"])
        #expect(risk.intraSpreads[0].charge == exact("23.3331"))
        #expect(risk.intraCharge == dollars("23.33"))
        #expect(risk.remainingDeltas.map(\.description) == ["0.0001", "-5.6667"])
    }

    @Test func `legs on one pool add their ratios and never turn a delta's sign`() throws {
        var book = try calendar()
        let array = [Int64](repeating: 0, count: 16)
        book.option("O", of: "X", "2026-01", .call, array: array, delta: "0.0003")
        book.intraSpread(
            "S", of: "X", charge: .flat(exact("7")), ("T1", "0.75", .a), ("T1", "0.75", .a), ("T2", "1", .b))
        let risk = try book.requirement(["O": 1, "F2": -9]).commodity()
        // 0.0003 / 1.5 = 0.0002; each leg wants 0.00015, rounded 0.0002; the second finds 0.0001.
        #expect(counts(risk) == ["0 long 0.0002"])
        #expect(risk.intraSpreads[0].legs.map(\.consumed.units) == [2, 1, 2])
        #expect(risk.remainingDeltas[0] == .zero)
    }

    @Test func `series spreads come before tier spreads whatever the priority, equal priorities by code`() throws {
        var book = try calendar()
        book.intraSpread("TIER", of: "X", priority: 1, charge: .flat(exact("1")), ("T1", "1", .a), ("T2", "1", .b))
        book.intraSpread(
            "Z", of: "X", .series, priority: 9, charge: .flat(exact("1")), ("2026-01", "1", .a), ("2026-03", "1", .b))
        book.intraSpread(
            "B", of: "X", .series, priority: 9, charge: .flat(exact("1")), ("2026-01", "1", .a), ("2026-02", "2", .b))
        let risk = try book.requirement(["F1": 10, "F2": -6, "F3": -4]).commodity()
        #expect(counts(risk) == ["0 long 3", "1 long 4"])
        #expect(risk.remainingDeltas.map(\.description) == ["3", "0", "0"])
        #expect(risk.intraSpreads[1].legs[1].months.map(\.month) == [month("2026-03")])
    }

    @Test func `one tier on both legs spreads its longs against its shorts, first with A long, then with A short`()
        throws
    {
        var book = try calendar()
        book.intraSpread("S", of: "X", charge: .weightedPriceRisk(exact("0.1")), ("ALL", "2", .a), ("ALL", "1", .b))
        // A long: min(12 / 2, 5 / 1) = 5 takes 10 long, 5 short; 2 long, 0 short are left. Net delta 7, weighted price
        // 1000.
        let risk = try book.requirement(["F1": 7, "F2": -5, "F3": 5]).commodity()
        #expect(counts(risk) == ["0 long 5"])
        #expect(risk.intraCharge == dollars("500"))
        #expect(risk.remainingDeltas.map(\.description) == ["0", "0", "2"])
        // A long: min(1 / 2, 10) = 0.5; then nothing is long for B.
        #expect(counts(try book.requirement(["F1": 1, "F2": -10]).commodity()) == ["0 long 0.5"])
    }

    @Test func `a zero count forms nothing`() throws {
        var book = try calendar()
        let array = [Int64](repeating: 0, count: 16)
        book.option("O", of: "X", "2026-01", .call, array: array, delta: "0.0001")
        book.intraSpread("S", of: "X", charge: .flat(exact("7")), ("T1", "2", .a), ("T2", "1", .b))
        #expect(try book.requirement(["O": 1, "F2": -9]).commodity().intraSpreads == [])
    }

    @Test(
        "a delivery charge follows the side of the month's original net delta",
        arguments: [
            (DeliverySide.long, Int64(9), "620"), (.long, -9, "0"), (.short, -9, "620"), (.short, 9, "0"),
            (.both, -9, "620"),
        ])
    func delivery(side: DeliverySide, quantity: Int64, charge: String) throws {
        var book = try calendar()
        book.intraSpread("S", of: "X", charge: .flat(exact("1")), ("T1", "1", .a), ("T2", "1", .b))
        book.rows.deliveryCharges.append(
            DeliveryCharge(
                combinedCommodity: CombinedCommodityCode("X"), contractMonth: month("2026-01"),
                outrightRate: exact("100"),
                spreadRate: exact("30"), appliesTo: side))
        let risk = try book.requirement(["F1": quantity, "F2": quantity > 0 ? -4 : 4, "F3": 1]).commodity()
        // 4 of 9 in the spread: charge 5 · 100 + 4 · 30 = 620; F3 is spread by nothing.
        #expect(risk.deliveryCharge == dollars(charge))
        #expect(risk.deliveryMonths.count == (charge == "0" ? 0 : 1))
    }

    /// Two products of 500 and 1000 a contract.
    private func products() throws -> SmallBook {
        var book = try SmallBook()
        book.commodity("X")
        book.commodity("Y")
        book.future("X1", of: "X", "2026-01", risk: "500")
        book.future("X2", of: "X", "2026-02", risk: "500")
        book.future("Y1", of: "Y", "2026-01", risk: "1000")
        book.tier("NEAR", of: "X", "2026-01")
        book.tier("FAR", of: "X", "2026-02")
        return book
    }

    @Test func `credits, super and ordinary together, never exceed the price risk`() throws {
        var book = try products()
        book.interSpread("S", isSuper: true, rate: "0.9", ("X/NEAR", "1", .a), ("Y", "1", .b))
        book.interSpread("I", rate: "0.9", ("X", "1", .b), ("Y", "1", .a))
        // X: 4 near, -5 far, net -1: price risk 500. Super takes 4 near against Y's -4: credit 4 · 500 · 0.9 = 1800.
        let requirement = try book.requirement(["X1": 4, "X2": -5, "Y1": -6])
        let risk = requirement.commodity()
        #expect(risk.interCredit == dollars("1800"))
        #expect(risk.appliedCredit == dollars("500"))
        #expect(risk.risk == dollars("0"))
        // X has -5 left, Y -2: one sign, so the ordinary spread does not form.
        #expect(requirement.owners[0].interSpreads.map(\.count.description) == ["4"])
    }

    @Test func `feasibility takes the signed sum, consumption the months of that sign in maturity order`() throws {
        var book = try products()
        book.interSpread("I", rate: "0.5", ("X", "1", .a), ("Y", "2", .b))
        let requirement = try book.requirement(["X1": -3, "X2": 10, "Y1": -20])
        let leg = requirement.owners[0].interSpreads[0].legs[0]
        #expect(leg.deltaBefore.description == "7")
        #expect(leg.consumed.description == "7")
        #expect(leg.months.map(\.month) == [month("2026-02")])
        #expect(requirement.commodity().remainingDeltas.map(\.description) == ["-3", "3"])
        #expect(try book.requirement(["X1": -3, "X2": 3, "Y1": -20]).owners[0].interSpreads == [])
    }

    @Test func `a tier leg is credited by its own tier's weighted price risk`() throws {
        var book = try products()
        book.rows.margins[0] = CombinedCommodityMargin(
            combinedCommodity: CombinedCommodityCode("X"), scenarioSet: ScenarioSetCode("CLASSIC"),
            priceScanRange: .amount(.one), volatilityScanRange: .relative(.zero), volatilityFloor: .one,
            arrayDecimals: 0,
            weightedPriceRiskMethod: .normal)
        book.future("X3", of: "X", "2026-03", risk: "800")
        book.tier("LAST", of: "X", "2026-03")
        book.interSpread("I", rate: "0.5", ("X/LAST", "1", .a), ("Y", "1", .b))
        let requirement = try book.requirement(["X1": 1, "X3": 2, "Y1": -2])
        // The whole: price risk 2100 at net delta 3, 700 a unit; the tier: 1600 at 2, 800 a unit.
        #expect(requirement.commodity().weightedPriceRisk == exact("700"))
        #expect(requirement.owners[0].interSpreads[0].legs[0].weightedPriceRisk == exact("800"))
        #expect(requirement.commodity().interCredit == dollars("800"))
    }

    @Test func `flat credits count spreads, not contracts, and a cut leaves them until all credit goes`() throws {
        var book = try products()
        book.interSpread("I", .flat, rate: "40.5", ("X", "3", .a), ("Y", "1", .b))
        let cuts: [(CreditRateCut, String)] = [(.none, "81"), (.by(exact("0.2")), "81"), (.toNothing, "0")]
        for (cut, credit) in cuts {
            #expect(try book.requirement(["X1": 7, "Y1": -2], cut: cut).commodity().interCredit == dollars(credit))
        }
    }

    @Test func `a cut below 0 takes the whole rate`() throws {
        var book = try products()
        book.interSpread("I", rate: "0.15", ("X", "2", .a), ("Y", "1", .b))
        for (cut, requirement) in [("0.1", "1900"), ("0.2", "2000")] {
            #expect(
                try book.requirement(["X1": 2, "Y1": -1], cut: .by(exact(cut))).requirement == dollars(requirement))
        }
    }

    @Test
    func `a scan-based spread forms only before any delta of its legs is consumed, and its legs leave later steps`()
        throws
    {
        var book = try products()
        book.interSpread("G", .scan, priority: 2, rate: "0.5", ("X", "1", .a), ("Y", "1", .b))
        book.interSpread("I", priority: 3, rate: "0.5", ("X", "1", .a), ("Y", "1", .b))
        let group = try book.requirement(["X1": 2, "Y1": -3])
        // Losses of 3000 on Y when it rises, where X gains 1000, half of it counted: 2500.
        #expect(group.owners[0].scanGroups.map(\.scanning.scan) == [exact("2500")])
        #expect(group.owners[0].interSpreads == [])
        #expect(group.requirement == dollars("2500"))
        #expect(group.owners[0].riskLines.map(\.standaloneInitialRisk) == [dollars("4000")])
        // The same spread after one that consumes.
        book.interSpread("S", priority: 9, isSuper: true, rate: "0.5", ("X/NEAR", "1", .a), ("Y", "1", .b))
        #expect(try book.requirement(["X1": 2, "Y1": -3]).owners[0].scanGroups == [])
        // Without a position in a leg it does not form either.
        #expect(try book.requirement(["X1": 2]).owners[0].scanGroups == [])
    }
}
