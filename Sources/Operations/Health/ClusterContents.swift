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
            let database = try Session(parameters: settings.parameters, description: folder).connect()
            try SchemaInstaller(database).requireCurrent()
            let found = try HealthQueries(database).contents()
            let published = found.publishedDates
            let nights =
                published == 0
                ? "no published date"
                : "\(plural(published, "published date")), \(found.firstPublished) to \(found.lastPublished)"
            return ClusterContents(
                lines: [
                    "the private cluster in \(folder)",
                    "\(nights), \(plural(found.runs, "run")), \(plural(found.loads, "load")), \(found.size)",
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
