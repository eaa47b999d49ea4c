/// The keys of each level, and what they decode into.
enum SpecKeys {
  static let top: [SpecDecoder.Target] = [.version, .deploy]
  static let deploy: [SpecDecoder.Target] = SpecFieldTable.all.map { .field($0) }

  /// Keys that belong elsewhere, with where: none of them is in version 1.
  static let reserved: [String: String] = [
    "env": "secrets stay in Tinyforge's encrypted database; set environment variables there",
    "faces": "a spec of version 1 holds no public routes; set them in Tinyforge",
    "resources": "not a field of dockerfile and static sources; set it in Tinyforge",
    "max_instances": "not a field of dockerfile and static sources; set it in Tinyforge",
    "access_token": "secrets stay in Tinyforge's encrypted database; set the token there",
    "token": "secrets stay in Tinyforge's encrypted database; set the token there",
    "secrets": "secrets stay in Tinyforge's encrypted database; set them there",
  ].merging(
    coordinates.map {
      ($0, "where the repository is, the workload says in Tinyforge; set it there")
    }
  ) { own, _ in own }

  private static let coordinates = [
    "provider", "base_url", "repo_owner", "repo_name", "branch", "folder_path", "context_path",
    "dockerfile_path", "gitops_path", "gitops_enabled",
  ]
}
