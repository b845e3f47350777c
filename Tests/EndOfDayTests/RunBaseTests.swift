import ClearingModel
import EndOfDay
import Storage
import Testing

/// How much of a stage a run computes that compares itself with an earlier one.
@Suite struct RunBaseTests {
    private let then: [UInt8] = [1]
    private let now: [UInt8] = [2]
    /// What moved since the night before is computed whole wherever it is computed.
    private let followed: [StageScope] = Stage.allCases.map { $0 == .attribution ? .whole : .affected }

    private func base(
        changed: [String] = [], moves: [(String, InputMove.Kind)] = [], withdrawn: Set<String> = [],
        otherSet: Bool = false, otherUnsettled: Bool = false, otherNight: Bool = false
    ) -> RunBase {
        RunBase(
            run: 1, number: 1, pinnedLoad: 10,
            fingerprints: Dictionary(uniqueKeysWithValues: Stage.allCases.map { ($0, then) }),
            changes: InputChange.between(
                changed.map { InputVersion(table: $0, version: 1, rows: 1) },
                changed.map { InputVersion(table: $0, version: 2, rows: 1) }),
            hasOtherParameterSet: otherSet, moves: moves.map { InputMove(table: $0.0, kind: $0.1, code: "") },
            withdrawnTables: withdrawn, hasOtherUnsettledSeries: otherUnsettled, hasOtherNightBefore: otherNight)
    }

    /// Stage by stage in the night's order.
    private func scopes(_ base: RunBase, _ fingerprint: [UInt8]) -> [StageScope] {
        Stage.allCases.map { base.scope(of: $0, fingerprint: fingerprint) }
    }

    @Test func `equal fingerprints reuse every stage, whatever else differs`() {
        let differing = base(changed: ["position"], moves: [("scenario", .all)], otherSet: true)
        #expect(scopes(differing, then) == Stage.allCases.map { _ in .reused })
    }

    @Test func `other fingerprints recompute what the changed rows can move`() {
        let found = base(changed: ["position"], moves: [("fx_rate", .conversion)])
        #expect(scopes(found, now) == followed)
    }

    @Test func `with another parameter set every report is written again`() {
        #expect(scopes(base(otherSet: true), now) == followed.dropLast() + [.whole])
    }

    @Test(
        arguments: [
            // Ingest and the report read every table.
            ("scenario", [.whole, .whole, .whole, .whole, .whole, .whole, .whole, .whole]),
            ("inter_spread", [.whole, .affected, .whole, .whole, .whole, .whole, .whole, .whole]),
            ("liquidity_group", [.whole, .affected, .affected, .whole, .whole, .whole, .whole, .whole]),
            ("guaranty_fund", [.whole, .affected, .affected, .affected, .whole, .whole, .whole, .whole]),
            ("call_rule", [.whole, .affected, .affected, .affected, .affected, .whole, .whole, .whole]),
        ] as [(String, [StageScope])])
    func `a row that moves all computes the stages that read it, and those below, as a whole`(
        table: String, wanted: [StageScope]
    ) {
        #expect(scopes(base(moves: [(table, .all)]), now) == wanted)
    }

    @Test func `a price that was taken back leaves no array of the base standing`() {
        let withdrawn = base(changed: ["settlement_price"], withdrawn: ["settlement_price"])
        #expect(scopes(withdrawn, now) == Stage.allCases.map { _ in .whole })
        // Which stage it concerns is told by the tables that changed.
        #expect(scopes(base(withdrawn: ["settlement_price"]), now) == followed)
    }

    @Test func `other series that wait for their final price make all arrays anew, also with equal fingerprints`() {
        let found = base(otherUnsettled: true)
        #expect(scopes(found, then) == [.reused, .whole, .reused, .reused, .whole, .reused, .reused, .reused])
    }

    @Test func `another run of the night before has figures attributed anew, also with equal fingerprints`() {
        let found = base(otherNight: true)
        let anew: [Stage: StageScope] = [.attribution: .whole, .report: .affected]
        #expect(scopes(found, then) == Stage.allCases.map { anew[$0] ?? .reused })
    }

    @Test func `a stage that the base did not finish is computed`() {
        let unfinished = RunBase(
            run: 1, number: 1, pinnedLoad: 10, fingerprints: [:], changes: [], hasOtherParameterSet: false, moves: [],
            withdrawnTables: [], hasOtherUnsettledSeries: false)
        #expect(scopes(unfinished, now) == followed)
    }

    @Test func `moves reach a stage by the tables of its sources too, the calls by their own alone`() {
        let found = base(moves: [("combined_commodity_margin", .combinedCommodity), ("call_rule", .member)])
        func tables(_ stage: Stage) -> [String] { found.moves(within: stage).map(\.table) }
        #expect(tables(.riskArrays) == ["combined_commodity_margin"])
        #expect(tables(.addOns) == ["combined_commodity_margin"])
        #expect(tables(.calls) == ["call_rule"])
        #expect(tables(.report) == ["combined_commodity_margin", "call_rule"])
    }

    @Test func `changes move a stage by way of the stages it follows from`() {
        let found = base(changed: ["volatility", "call_rule", "position"])
        func tables(_ stage: Stage) -> [String] { found.changes(moving: stage).map(\.table) }
        #expect(tables(.riskArrays) == ["volatility"])
        #expect(tables(.offsets) == ["position", "volatility"])
        // The calls follow from requirements and add-ons; arrays reach them only through those.
        #expect(tables(.calls) == ["call_rule", "position"])
    }
}
