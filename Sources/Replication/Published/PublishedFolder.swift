import Foundation

/// The files of a run that stand in one folder, found by the scheme of their names (docs/reports.md).
package enum PublishedFolder {
    /// A report of the run beside a parameters file: its name with the first part exchanged; nil where the parameters
    /// file has another name.
    package static func report(_ report: String, beside parameters: String) -> String? {
        let url = URL(fileURLWithPath: parameters)
        guard url.lastPathComponent.hasPrefix("parameters.") else { return nil }
        let name = "\(report)." + url.lastPathComponent.dropFirst("parameters.".count)
        return url.deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// A report of members beside a parameters file, of the same run, by name; none where there are none.
    package static func reports(ofMembers report: String, beside parameters: String) -> [String] {
        let url = URL(fileURLWithPath: parameters)
        let parts = url.lastPathComponent.split(separator: ".").map(String.init)
        guard parts.count == 5, parts[0] == "parameters" else { return [] }
        let folder = url.deletingLastPathComponent().path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { name in
            name.hasPrefix("\(report).\(parts[1]).") && name.hasSuffix(".\(parts[2]).\(parts[3]).json")
        }.sorted().map { "\(folder)/\($0)" }
    }
}
