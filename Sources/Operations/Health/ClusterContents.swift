import Postgres
import PrivateCluster
import Runtime
import Storage

/// What is gone with a private cluster.
package struct ClusterContents {
    /// In words, a line each: where it is and what is in it.
    package let lines: [String]
    /// What it is in a word or two: `a house with published nights`.
    package let name: String

    /// Looks into the cluster of a folder, starting it if need be; nil where there is none.
    package static func look(into cluster: PrivateCluster) async -> ClusterContents? {
        guard let folder = cluster.actualFolder else { return nil }
        do {
            let settings = try await cluster.start()
            let connection = try Session(parameters: settings.parameters, description: folder).connect()
            try SchemaInstaller(connection).requireCurrent()
            let row = try connection.one(.clusterContents)
            let published = try row.int64("published")
            let nights =
                published == 0
                ? "no published date"
                : "\(plural(published, "published date")), \(try row.textOrNull("first_published") ?? "") to "
                    + "\(try row.textOrNull("last_published") ?? "")"
            return ClusterContents(
                lines: [
                    "the private cluster in \(folder)",
                    "\(nights), \(plural(try row.int64("runs"), "run")), \(plural(try row.int64("loads"), "load")), "
                        + "\(try row.text("size"))",
                    "nothing of it can be brought back without a backup",
                ], name: published > 0 ? "a house with published nights" : "a house without published nights")
        } catch {
            return ClusterContents(
                lines: [
                    "the private cluster in \(folder)",
                    "what is in it cannot be told: \(Failure(error).message)",
                    "nothing of it can be brought back without a backup",
                ], name: "a house that cannot be looked into")
        }
    }
}
