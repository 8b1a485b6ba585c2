# Shared by ./motion and ./test, which source it with $root set: installs what is missing, builds what is stale.
# Everything made here lies in artifacts/; nothing is done, and no network touched, when nothing has changed.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
missing_component=5
stamps=$root/artifacts/stamps
programs=$root/artifacts/programs
sources=("$root"/{src,tests,Motion.sln,Directory.Build.props,Directory.Build.targets,Directory.Packages.props,global.json,.editorconfig})

say() { printf '%s\n' "$*" >&2; }

# take_stack ARGUMENT...: takes --stack NAME (or --stack=NAME) out of the arguments, before or after the command, into $stack; the others stay in
# $rest. What follows a -- is left alone.
take_stack() {
  stack=system rest=()
  while [ $# -gt 0 ]; do
    case $1 in
    --)
      rest+=("$@")
      break
      ;;
    --stack=*) stack=${1#*=} ;;
    --stack)
      stack=${2-}
      [ $# = 1 ] || shift
      ;;
    *) rest+=("$1") ;;
    esac
    shift
  done
  case $stack in system | nuget) ;; *)
    say "unknown stack '$stack': it is system or nuget"
    exit 2
    ;;
  esac
}

# stale STAMP PATH...: whether there is no such stamp, or something below the paths is newer than it.
stale() {
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit)" ]
}

# when_stale STAMP PATH... -- COMMAND...: runs the command if the stamp is stale, one process of this clone at a time, and renews the
# stamp, dated from before the start so that edits during the run count. The lock is not handed down: build servers would keep it.
when_stale() {
  local stamp=$1 paths=() began code=0
  shift
  while [ "$1" != -- ]; do
    paths+=("$1")
    shift
  done
  shift
  stale "$stamp" "${paths[@]}" || return 0
  exec 8>"$stamps/lock"
  flock 8
  if stale "$stamp" "${paths[@]}"; then
    began=$(mktemp "$stamps/began.XXXXXX")
    "$@" 8>&- || code=$?
    if [ $code = 0 ]; then mv "$began" "$stamp"; else rm -f "$began"; fi
  fi
  exec 8>&-
  return $code
}

# missing_packages NEEDS LIST...: the packages of the lists with one of these needs that are not installed.
# An entry program=package counts as installed when the program is on PATH, whoever brought it.
missing_packages() {
  local needs=$1 entry need rest
  shift
  while read -r entry need rest; do
    case $entry in '' | '#'*) continue ;; esac
    case " $needs " in *" $need "*) ;; *) continue ;; esac
    case $entry in *=*) ! command -v "${entry%%=*}" >/dev/null || continue ;; esac
    dpkg-query --show --showformat='${db:Status-Status}\n' "${entry#*=}" 2>/dev/null | grep -qx installed || printf '%s\n' "${entry#*=}"
  done < <(cat "$@")
}

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }

apt_install="apt-get install --yes --no-install-recommends"

# apt COMMAND...: runs an apt-get command as root, showing what it said only when it fails.
apt() {
  local log=$root/artifacts/logs/apt.log privilege=
  [ "$(id -u)" = 0 ] || privilege="sudo -n"
  $privilege env DEBIAN_FRONTEND=noninteractive "$@" >"$log" 2>&1 </dev/null || {
    tail -n 20 "$log" >&2
    return 1
  }
}

# install_packages LIST...: installs what the lists need. Required packages must be there in the end; optional ones are tried.
install_packages() {
  local needed="required torch" required optional package
  [ -z "${TORCH_DIR:-}" ] || needed=required
  if ! command -v dpkg-query >/dev/null; then
    say "this is not Debian: what $* name is not installed by itself"
    return 0
  fi

  required=$(missing_packages "$needed" "$@" | tr '\n' ' ')
  optional=$(missing_packages optional "$@" | tr '\n' ' ')
  [ -n "$required$optional" ] || return 0
  if ! may_install; then
    say "packages are missing, and this is neither root nor may it use sudo without a password. As root, run:"
    say "$apt_install $required${optional% }"
    [ -n "$required" ] || return 0
    return $missing_component
  fi

  say "installing $required$optional"
  apt apt-get update || say "apt-get update failed; going on with the package lists that are here"
  ! apt $apt_install $required $optional || return 0
  [ -z "$required" ] || apt $apt_install $required || return $missing_component
  for package in $optional; do
    apt $apt_install "$package" || say "$package could not be installed; going on without it ('./motion doctor' says what is lost)"
  done
}

# build_solution STACK: builds it, and puts the program aside, so that rebuilding never changes files of a program that runs.
build_solution() {
  local log=$root/artifacts/logs/build-$1.log program=$programs/$(date +%Y%m%d-%H%M%S)
  say "building ..."
  DOTNET_CLI_UI_LANGUAGE=en dotnet build "$root/Motion.sln" --configuration Release --nologo --verbosity quiet -nodeReuse:false "-p:Stack=$1" >"$log" 2>&1 || {
    [ "$1" = system ] || ! lacks_packages "$1" "$log" || return $missing_component
    grep -E 'error' "$log" | sort -u | head -n 40 >&2
    say "the build failed; everything it said is in $log"
    return 1
  }
  mkdir -p "$programs"
  cp -r "$(built "$1")/bin/Motion.Cli/release" "$program" && ln -sfn "$program" "$programs/current-$1" || return
  # Old ones go, but not what the other stack runs.
  ls -d "$programs"/2* | { grep -vxF "$(readlink "$programs"/current-*)" || true; } | head -n -4 | xargs -r rm -r
}

# lacks_packages STACK LOG: whether the build failed because the package feed lacks something. If so, says what, and clears what was begun.
lacks_packages() {
  local lacking reason
  lacking=$(grep -oE "NU110[123]: Unable to find (a stable )?package [A-Za-z0-9._-]+|NU1301: Failed to retrieve information about '[^']+" "$2" |
    sed -E "s/.*[ ']//; s/\.$//" | sort -u | tr '\n' ',')
  if [ -n "$lacking" ]; then
    lacking=${lacking%,}
    reason="lacks ${lacking//,/, }"
  elif grep -q NU1301 "$2"; then
    reason="cannot be reached"
  else
    return 1
  fi
  [ -e "$programs/current-$1" ] || rm -rf "$(built "$1")"
  say "the stack '$1' cannot be built: the package feed $reason (all it said is in $2). Go on with ./motion … or ./test …, the default stack," \
    "which needs none of TorchSharp, Microsoft.ML.Tokenizers and Silk.NET"
}

# built STACK: the folder that MSBuild leaves things in.
built() { if [ "$1" = system ]; then echo "$root/artifacts"; else echo "$root/artifacts/$1"; fi; }

# set_up NAME STACK LIST...: makes everything ready: packages of the lists (under that name), native library, solution.
set_up() {
  local name=$1 stack=$2
  shift 2
  mkdir -p "$stamps" "$root/artifacts/logs"
  if ! command -v dotnet >/dev/null; then
    say "the .NET SDK 10 is needed and there is no 'dotnet' on PATH: see https://dotnet.microsoft.com/download"
    return $missing_component
  fi

  when_stale "$stamps/packages-$name${TORCH_DIR:+-own-torch}" "$@" -- install_packages "$@" || return
  when_stale "$stamps/solution-$stack" "${sources[@]}" -- build_solution "$stack" || return
  [ ! -x "$root/native/bench/mujoco/build.sh" ] || MOTION_MUJOCO_PEER=$("$root/native/bench/mujoco/build.sh") ||
    say "the program that compares with MuJoCo could not be built; going on without it"
  export MOTION_MUJOCO_PEER
  # Last, because without it the doctor can still speak.
  [ ! -x "$root/native/build.sh" ] || MOTION_NATIVE=$("$root/native/build.sh") || return $missing_component
  export MOTION_NATIVE
}

# fetch_node_packages: what tests take from npm, into artifacts/node. Where that fails it is tried again next time, and the tests that
# need it are skipped.
fetch_node_packages() { when_stale "$stamps/node" "$root/tests/node" -- npm_packages || say "npm packages are missing: tests that need them are skipped"; }

npm_packages() {
  local folder=$root/artifacts/node log=$root/artifacts/logs/npm.log
  command -v npm >/dev/null || return
  mkdir -p "$folder"
  cp "$root"/tests/node/package*.json "$folder"
  npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund --fetch-retries=0 >"$log" 2>&1
}
