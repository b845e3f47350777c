import ClearingModel
import Quantities
import Scenarios

/// The windows that a spread's figures are taken over, on the legs' common days, and how many moves each needs
/// (docs/methodology.md §10.3, §10.4).
struct LegWindows {
    /// A window's name, the moves in it, by the place of the day they begin on, and the least number of them.
    typealias Window = (name: BoundName, moves: [Int], needed: Int)

    /// In the order in which the first of equals binds.
    let windows: [Window]
    private let rule: CalibrationRule

    /// `dates` are the legs' common days up to `date`.
    init(_ rule: CalibrationRule, _ dates: [BusinessDate], on date: BusinessDate) {
        self.rule = rule
        let count = max(dates.count - rule.horizonDays, 0)
        func since(years: Int) -> [Int] {
            let before = dates.count(through: date.earlier(years: years))
            return Array(min(max(before - rule.horizonDays, 0), count)..<count)
        }
        func inside(_ windows: [StressedWindow]) -> [Int] {
            StressedDays(windows: windows).ends(dates, horizonDays: rule.horizonDays).map { $0 - rule.horizonDays }
        }
        var found: [Window] = []
        if rule.item == .offsetRate {
            for years in [1, 3] { found.append((.years(years), since(years: years), rule.minObservations)) }
            for named in rule.stressedWindows.sorted(by: { $0.code < $1.code }) {
                found.append((.window(named.code), inside([named.window]), rule.minStressedObservations))
            }
        } else {
            let kept = min(max(dates.count - 1, 0), rule.lookBackDays ?? .max)
            let first = min(max(dates.count - 1 - kept, 0), count)
            found.append((.quantile, Array(first..<count), rule.minObservations))
            if rule.stressedWeight != nil {
                found.append((.stressed, inside(rule.stressedWindows.map(\.window)), rule.minStressedObservations))
            }
            if let floor = rule.floor { found.append((.floor, since(years: floor.years), 1)) }
        }
        windows = found
    }

    /// The first window with fewer moves than it needs, by key and window.
    var refusal: CalibrationRefusal? {
        guard let window = windows.first(where: { $0.moves.count < $0.needed }) else { return nil }
        return CalibrationRefusal(
            .tooFewObservations, "\(rule.key) \(window.name)", table: "risk_factor_level",
            "\(rule.name): \(window.moves.count) moves, \(window.needed) are needed")
    }
}
