{
  description = "@DESCRIPTION@";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      version = "@VERSION@";
      archives = {
        @NIX@ = { target = "@TARGET@"; sha256 = "@SHA256@"; };
      };
      build =
        system:
        { target, sha256 }:
        nixpkgs.legacyPackages.${system}.stdenvNoCC.mkDerivation {
          pname = "mksecret";
          inherit version;
          src = nixpkgs.legacyPackages.${system}.fetchurl {
            url = "@URL@/releases/download/v${version}/mksecret-${version}-${target}.tar.gz";
            inherit sha256;
          };
          installPhase = ''
            mkdir $out
            cp -r bin share $out
          '';
          meta.mainProgram = "mksecret";
        };
    in
    {
      packages = builtins.mapAttrs (system: archive: { default = build system archive; }) archives;
    };
}
