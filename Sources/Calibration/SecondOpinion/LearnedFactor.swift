import ClearingModel
import Quantities
import Scenarios

/// A factor's levels as statistics take them: Doubles, made once for all the days of a walk.
struct LearnedFactor: Sendable {
    let factor: RiskFactorCode
    let returnKind: ReturnKind
    /// Ascending.
    let dates: [BusinessDate]
    /// As many as dates.
    let levels: [Double]

    init(_ history: FactorHistory) {
        factor = history.factor
        returnKind = history.returnKind
        dates = history.dates
        levels = history.columns.doubles
    }

    /// The first level of the look-back where `count` levels are known.
    private func first(_ count: Int, _ terms: LearningTerms) -> Int { max(count - 1 - terms.lookBackDays, 0) }

    /// The day of the first level of the look-back; nil where none is known.
    func firstDay(on date: BusinessDate, _ terms: LearningTerms) -> BusinessDate? {
        let count = dates.count(through: date)
        return count == 0 ? nil : dates[first(count, terms)]
    }

    /// What the look-back up to a day breaks by itself, in the order of `CalibrationFault`; nil where it stands.
    /// O(look-back).
    func refusal(on date: BusinessDate, _ terms: LearningTerms) -> CalibrationRefusal? {
        let count = dates.count(through: date)
        guard count > 0 else { return refused(.historyStale, "no level is known on \(date)") }
        let age = dates[count - 1].days(to: date)
        if age > terms.maxGapDays {
            return refused(
                .historyStale, at: count - 1,
                "the last level is \(age) days old on \(date), more than \(terms.maxGapDays)")
        }
        let places = first(count, terms)..<count
        for place in places.dropFirst() where dates[place - 1].days(to: dates[place]) > terms.maxGapDays {
            return refused(
                .historyGap, at: place, "the level before is of \(dates[place - 1]), more than \(terms.maxGapDays) days"
            )
        }
        if returnKind == .log, let place = places.first(where: { levels[$0] <= 0 }) {
            return refused(
                .logOfNonPositive, at: place, "\(levels[place]) is not above 0, which its log returns need")
        }
        guard places.count > terms.minObservations else {
            return refused(
                .tooFewObservations, "\(places.count - 1) returns, \(terms.minObservations) are needed")
        }
        return nil
    }

    func refused(_ fault: CalibrationFault, at place: Int? = nil, _ reason: String) -> CalibrationRefusal {
        let day = place.map { " \(dates[$0])" } ?? ""
        return CalibrationRefusal(fault, "\(factor)\(day)", table: "risk_factor_level", "second opinion: \(reason)")
    }

    /// Whether each of the ascending days has a level. O(days + levels since the first).
    func has(_ days: [BusinessDate]) -> [Bool] {
        guard let first = days.first else { return [] }
        var place = max(dates.count(through: first) - 1, 0)
        return days.map { day in
            while place < dates.count, dates[place] < day { place += 1 }
            return place < dates.count && dates[place] == day
        }
    }

    /// The levels of ascending days, each of which has one.
    func levels(on days: [BusinessDate]) -> [Double] {
        guard let first = days.first else { return [] }
        var place = max(dates.count(through: first) - 1, 0)
        return days.map { day in
            while dates[place] < day { place += 1 }
            return levels[place]
        }
    }
}

/// The days on which every one of some columns has a level.
func commonDays(_ columns: [LearnedFactor]) -> [BusinessDate] {
    guard let first = columns.first else { return [] }
    return columns.dropFirst().reduce(first.dates) { days, column in
        zip(days, column.has(days)).compactMap { $1 ? $0 : nil }
    }
}
