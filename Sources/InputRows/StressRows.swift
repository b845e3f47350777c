import ClearingModel
import Parameters
import Quantities

extension StressSet {
    /// One parameter set's from the rows of its tables; nil where it has none.
    static func stated<Row: InputRow>(rows: (InputTable) throws -> [Row]) throws -> StressSet? {
        guard let row = try rows(.stressSet).first else { return nil }
        var moves: [Int: [(place: Int, move: StressMove)]] = [:]
        for row in try rows(.stressMove) {
            moves[try row.integer("number"), default: []].append((try row.integer("move"), try StressMove(row: row)))
        }
        let step = try row.decimalOrNull("reverse_step")
        let max = try row.decimalOrNull("reverse_max")
        let (closeOutDays, clients) = (try row.integer("close_out_days"), try row.flag("clients_are_closed_out"))
        return StressSet(
            code: try row.code("stress_set"), horizonDays: try row.decimal("horizon_days"),
            houseSurplusCoversClients: try row.flag("house_surplus_covers_clients"),
            addOnShare: try row.decimalOrNull("add_on_share"),
            reverse: step.flatMap { step in max.map { ReverseStressGrid(step: step, max: $0) } },
            coverCount: try row.integer("cover_count"),
            secondRound: try row.integerOrNull("round_cap").map {
                SecondRoundTerms(roundCap: $0, closeOutDays: closeOutDays, clientsAreClosedOut: clients)
            },
            scenarios: try rows(.stressScenario).map { row in
                let number = try row.integer("number")
                return StressScenario(
                    number: number, code: try row.code("scenario"), kind: try row.choice("kind"),
                    fromDate: try row.dateOrNull("from_date"), toDate: try row.dateOrNull("to_date"),
                    moves: (moves[number] ?? []).sorted { $0.place < $1.place }.map(\.move))
            }.sorted { $0.number < $1.number },
            impactCoefficients: Dictionary(
                try rows(.closeOutImpact).map { row in
                    (try row.code("combined_commodity"), try row.decimal("impact_coefficient"))
                }, uniquingKeysWith: { first, _ in first }))
    }
}

extension StressMove {
    /// A row of `stress_move`.
    init(row: some InputRow) throws {
        self.init(
            combinedCommodity: try row.codeOrNull("combined_commodity"), fromMonth: try row.monthOrNull("from_month"),
            toMonth: try row.monthOrNull("to_month"), price: try StressPriceMove(row: row),
            volatility: try StressVolatilityMove(row: row))
    }
}

extension StressPriceMove {
    /// The two columns that a row has for it.
    init(row: some InputRow) throws {
        let (kind, move) = (try row.text("price_kind"), try row.decimal("price_move"))
        switch kind {
        case "relative": self = .relative(move)
        case "log": self = .log(move)
        case "absolute": self = .absolute(move)
        default: throw row.unreadable("price_kind", kind)
        }
    }
}

extension StressVolatilityMove {
    /// The two columns that a row has for it.
    init(row: some InputRow) throws {
        let move = try row.decimal("volatility_move")
        self = try row.isFirst(of: ("relative", "points"), in: "volatility_kind") ? .relative(move) : .points(move)
    }
}
