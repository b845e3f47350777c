import Foundation
import Quantities

/// When the night of a business date must be published: a time of day in a time zone, on the business date itself or,
/// written with `+1`, on the day after.
package struct Deadline: Sendable {
    private let hour: Int
    private let minute: Int
    private let daysLater: Int
    package let zone: TimeZone

    /// Reads `20:30 Europe/Paris` or `02:00+1 Europe/Paris`; nil if it is neither.
    package init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([01][0-9]|2[0-3]):([0-5][0-9])(\+1)? (\S+)/),
            let hour = Int(match.output.1), let minute = Int(match.output.2),
            let zone = TimeZone(identifier: String(match.output.4))
        else { return nil }
        self.hour = hour
        self.minute = minute
        daysLater = match.output.3 == nil ? 0 : 1
        self.zone = zone
    }

    /// The moment for one business date, in seconds since 1970; in the hour that a clock change leaves out, the moment
    /// after it.
    package func secondsSince1970(_ date: BusinessDate) -> Int64 {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = "\(date)".split(separator: "-").compactMap { Int($0) }
        var wanted = DateComponents(year: parts[0], month: parts[1], day: parts[2], hour: hour, minute: minute)
        wanted.day = parts[2] + daysLater
        return Int64((calendar.date(from: wanted) ?? .distantPast).timeIntervalSince1970.rounded())
    }

    /// The beginning of the business date in a zone.
    package static func midnight(in zone: TimeZone) -> Deadline { Deadline(zone: zone) }

    private init(zone: TimeZone) {
        (hour, minute, daysLater, self.zone) = (0, 0, 0, zone)
    }

    /// The configured deadline, if one is.
    package static var configured: Deadline? { Deadline(Settings.current.value(.deadline)) }

    /// When the feed of a business date is due, if that is configured.
    package static var feedDue: Deadline? { Deadline(Settings.current.value(.feedDue)) }

    /// The zone the clearing house lives in: that of its deadline, of its feed, or of this machine.
    package static var houseZone: TimeZone { configured?.zone ?? feedDue?.zone ?? .current }
}
