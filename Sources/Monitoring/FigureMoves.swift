import ClearingModel
import Quantities

/// Judges figures by their own history, positions before accounts before members, and tells each cause once
/// (docs/methodology.md §8.8).
struct FigureMoves {
    private let terms: MonitoringTerms
    private let history: FigureHistory
    /// The combined commodities whose parameters jumped, and whether others did, which touch everybody.
    private let jumped: Set<CombinedCommodityCode>
    private let everythingJumped: Bool
    /// What has moved, tonight or on a night before without having come back.
    private var movedAccounts: Set<AccountCode> = []
    private var movedMembers: Set<MemberCode> = []
    private var movedCommodities: Set<CombinedCommodityCode> = []
    private(set) var figures: [ReviewedFigure] = []
    private(set) var alarms: [MonitoringAlarm] = []

    init(_ terms: MonitoringTerms, _ history: FigureHistory, _ jumps: [ParameterMove]) {
        self.terms = terms
        self.history = history
        jumped = Set(jumps.compactMap(\.combinedCommodity))
        everythingJumped = jumps.contains { $0.combinedCommodity == nil }
    }

    /// Reviews the figures of one kind of subject, in the order of subjects and measures; what moved among them
    /// explains what is reviewed afterwards.
    mutating func review(_ figures: [MonitoredFigure]) {
        var moved: [MonitoredFigure] = []
        for subject in bySubject(figures) {
            moved += review(ofOneSubject: subject)
        }
        for figure in moved {
            if let account = figure.account { movedAccounts.insert(account) }
            movedMembers.insert(figure.member)
            if figure.key.kind == .position { movedCommodities.formUnion(figure.combinedCommodities) }
        }
    }

    /// Of one subject the first move is told; a new one beside a move that goes on is of the same cause.
    /// - Returns: those that have moved.
    private mutating func review(ofOneSubject figures: ArraySlice<MonitoredFigure>) -> [MonitoredFigure] {
        let moves = figures.map { figure in
            let before = history.lastNight(of: figure.key)?.toldAmount
            let move = move(of: figure)
            let goesOn = move.map { move in
                before.map { move.goesOn(fromTold: $0, worseShare: terms.worseShare) } ?? false
            }
            return (figure: figure, move: move, before: before, goesOn: goesOn ?? false)
        }
        var isTold = false
        let oneGoesOn = moves.contains { $0.goesOn }
        for (figure, move, before, goesOn) in moves {
            self.figures.append(
                ReviewedFigure(
                    key: figure.key, amount: figure.amount,
                    toldAmount: move == nil ? nil : goesOn ? before : figure.amount))
            guard let move, !goesOn, !isTold, !(before == nil && oneGoesOn), !isExplained(figure) else { continue }
            isTold = true
            alarms.append(alarm(figure, move))
        }
        return moves.filter { $0.move != nil }.map(\.figure)
    }

    /// Neighbours with one subject.
    private func bySubject(_ figures: [MonitoredFigure]) -> [ArraySlice<MonitoredFigure>] {
        var (runs, start): ([ArraySlice<MonitoredFigure>], Int) = ([], 0)
        for end in 1..<max(1, figures.count) where figures[end].key.subject != figures[start].key.subject {
            runs.append(figures[start..<end])
            start = end
        }
        return figures.isEmpty ? [] : runs + [figures[start...]]
    }

    /// Nil where the figure is within its history. A concentration that falls is no risk.
    private func move(of figure: MonitoredFigure) -> RobustMove? {
        guard figure.key.measure.rule != nil,
            let move = RobustMove(of: figure.amount, history: history.amounts(of: figure.key), terms),
            move.score.magnitude > terms.robustZ.double,
            figure.key.measure != .concentration || move.distance > 0
        else { return nil }
        return move
    }

    /// Whether something below it, or a parameter, has moved that is a cause of this.
    private func isExplained(_ figure: MonitoredFigure) -> Bool {
        switch figure.key.kind {
        case .position, .bound: return false
        case .account: if figure.account.map(movedAccounts.contains) == true { return true }
        case .member:
            if movedMembers.contains(figure.member) { return true }
            if figure.key.measure == .concentration, !movedCommodities.isDisjoint(with: figure.combinedCommodities) {
                return true
            }
        }
        return figure.key.measure != .size
            && (everythingJumped || !jumped.isDisjoint(with: figure.combinedCommodities))
    }

    private func alarm(_ figure: MonitoredFigure, _ move: RobustMove) -> MonitoringAlarm {
        guard let rule = figure.key.measure.rule else { preconditionFailure("\(figure.key.measure) is judged") }
        let nights = history.amounts(of: figure.key).count
        let median = ExactDecimal(mantissa: Int128((move.median * 1_000_000).rounded()), scale: 6)
        let score = ExactDecimal(mantissa: Int128((move.score * 10).rounded()), scale: 1)
        return MonitoringAlarm(
            rule: rule,
            place: AlarmPlace(
                table: figure.key.kind.table, rowKey: figure.key.subject, column: figure.key.measure.rawValue),
            value: "\(figure.amount)",
            message: "the median of \(nights) nights is \(median): robust z "
                + "\(score)")
    }
}
