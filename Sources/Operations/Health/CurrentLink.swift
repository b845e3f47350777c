import Storage
import EndOfDay
import Runtime
import ClearingModel
import Foundation
import Quantities

/// Whether the link `current` of a date and cycle shows the published run: a kill between the publication and the link
/// leaves it at the run before.
package enum CurrentLink {
    /// What is wrong with the link, in words; nil where it is right, and where this machine does not have the folder of
    /// the run.
    package static func fault(_ date: BusinessDate, _ cycle: Cycle, run: Int32, reports: String) -> String? {
        let folder = "\(URL(fileURLWithPath: reports).path)/\(date)/\(cycle)"
        guard FileManager.default.fileExists(atPath: "\(folder)/r\(run)") else { return nil }
        let link = "\(folder)/current"
        let target = try? FileManager.default.destinationOfSymbolicLink(atPath: link)
        if target == "r\(run)" { return nil }
        return target.map { "\(link) shows \($0)" } ?? "\(link) is not there"
    }
}
